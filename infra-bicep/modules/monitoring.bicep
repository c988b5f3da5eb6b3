import { Tags } from '../types.bicep'

param name string
param location string
param tags Tags
param appIdentityName string
param alertEmails string[]

@minValue(30)
@maxValue(730)
param retentionDays int

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: appIdentityName
}

// What the app and the platform say of themselves. No names in it.
resource operations 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${name}-operations'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { enableLogAccessUsingOnlyResourcePermissions: true, disableLocalAuth: true }
  }
}

// Who read and wrote which blob, object or secret. Names of uploads may hold patients' names, and DICOM requests hold original UIDs: it is apart so that
// whoever looks after the app needn't see them.
resource access 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: '${name}-access'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { enableLogAccessUsingOnlyResourcePermissions: false, disableLocalAuth: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: operations.id
    DisableLocalAuth: true
  }
}

var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

// Without local authentication, telemetry is taken from this identity alone.
resource publishesTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, appIdentity.id, monitoringMetricsPublisher)
  properties: {
    principalId: appIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'radiomics'
    emailReceivers: [
      for (email, i) in alertEmails: {
        name: 'email-${i}'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

output operationsId string = operations.id
output accessLogId string = access.id
output actionGroupId string = people.id
