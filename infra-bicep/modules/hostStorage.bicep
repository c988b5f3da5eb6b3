import { Access, Tags } from '../types.bicep'

@description('Name of the account that the Functions host, Durable Functions and Event Grid\'s dead letters use. Nothing of a study\'s content is in it.')
param name string
param location string
param tags Tags
param sku string
param access Access
param appIdentityName string
param operationsId string
param packageContainer string
param deadLetterContainer string

@description('How long undeliverable events are kept; their subjects are names of uploads, which may hold a patient\'s.')
@minValue(7)
param deadLetterDays int

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: appIdentityName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: access.private ? 'Disabled' : 'Enabled'
    networkAcls: {
      // Event Grid has no private way to its dead letters, and the lifecycle rule none to what it deletes: both come as trusted services.
      bypass: 'AzureServices'
      defaultAction: access.private ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in [packageContainer, deadLetterContainer]: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: deadLetterContainer
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${deadLetterContainer}/']
            }
            actions: {
              baseBlob: { delete: { daysAfterCreationGreaterThan: deadLetterDays } }
            }
          }
        }
      ]
    }
  }
}

module endpoints 'privateEndpoint.bicep' = [
  for group in ['blob', 'queue', 'table']: if (access.private) {
    params: {
      name: '${name}-${group}'
      location: location
      tags: tags
      subnetId: access.endpointSubnetId
      targetId: account.id
      group: group
      zoneNames: access.zonesHere ? ['privatelink.${group}.${environment().suffixes.storage}'] : []
    }
  }
]

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = {
  parent: account
  name: 'default'
}

// The alert on waiting work counts what is put and what is done with. Reads are left out: the host polls its queues all day.
resource queueLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queues
  name: 'operations'
  properties: {
    workspaceId: operationsId
    logs: [
      for category in ['StorageWrite', 'StorageDelete']: {
        category: category
        enabled: true
      }
    ]
  }
}

var appRoles = [
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3' // Storage Table Data Contributor
]

resource appMay 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in appRoles: {
    scope: account
    name: guid(account.id, appIdentity.id, role)
    properties: {
      principalId: appIdentity.properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]
