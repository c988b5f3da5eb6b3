import { Access, DicomService, Tags } from '../types.bicep'

@description('Name of the workspace: letters and digits.')
param name string
param location string
param tags Tags
param access Access
param appIdentityName string
param accessLogId string

param dicomServices DicomService[]

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: appIdentityName
}

resource workspace 'Microsoft.HealthcareApis/workspaces@2024-03-31' = {
  name: name
  location: location
  tags: tags
  properties: { publicNetworkAccess: access.private ? 'Disabled' : 'Enabled' }
}

resource services 'Microsoft.HealthcareApis/workspaces/dicomservices@2024-03-31' = [
  for service in dicomServices: {
    parent: workspace
    name: service.name
    location: location
    tags: tags
    properties: { publicNetworkAccess: access.private ? 'Disabled' : 'Enabled' }
  }
]

module endpoint 'privateEndpoint.bicep' = if (access.private) {
  params: {
    name: '${name}-workspace'
    location: location
    tags: tags
    subnetId: access.endpointSubnetId
    targetId: workspace.id
    group: 'healthcareworkspace'
    zoneNames: access.zonesHere
      ? ['privatelink.workspace.azurehealthcareapis.com', 'privatelink.dicom.azurehealthcareapis.com']
      : []
  }
  // The endpoint gets a name for each service that is there.
  dependsOn: [services]
}

var dicomDataOwner = '58a3b984-7adf-4c20-983a-32417c86fbc8'

resource appMay 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (service, i) in dicomServices: {
    scope: services[i]
    name: guid(services[i].id, appIdentity.id, dicomDataOwner)
    properties: {
      principalId: appIdentity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', dicomDataOwner)
    }
  }
]

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = [
  for (service, i) in dicomServices: {
    scope: services[i]
    name: 'access'
    properties: {
      workspaceId: accessLogId
      logs: [
        {
          category: 'AuditLogs'
          enabled: true
        }
      ]
    }
  }
]

output workspaceId string = workspace.id
