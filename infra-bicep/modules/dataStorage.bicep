import { Access, Tags } from '../types.bicep'

@description('Name of the account that holds what hospitals send and what is made of it.')
param name string
param location string
param tags Tags
param sku string
param access Access
param appIdentityName string
param operationsId string
param accessLogId string

@description('How long a deleted blob or container, and a version that was overwritten, can be had back.')
@minValue(7)
@maxValue(365)
param recoveryDays int

@description('How long nobody, not even the app, can overwrite or delete an audit event or an anchor, days since it was written.')
@minValue(1)
@maxValue(146000)
param auditDays int

@description('Whether the policy on the audit trail has been locked. Then Azure takes no other one, and none is asked for.')
param auditLocked bool

@description('The same for the policy of the anchors.')
param anchorsLocked bool

// The same as Containers.All in shared/Radiomics.Pipeline; tests/Infra.Tests compares them.
var containerNames = [
  'incoming'
  'requests'
  'arrivals'
  'uploads'
  'studies'
  'features'
  'predictions'
  'cohorts'
  'models'
  'audit'
  'audit-heads'
  'audit-anchors'
  'quarantine'
  'keys'
  'turns'
  'cookie-keys'
]

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
      // The lifecycle rule comes as a trusted service, and behind a firewall may be kept out as anything else is. No such service has a role here.
      bypass: 'AzureServices'
      defaultAction: access.private ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: recoveryDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: recoveryDays
    }
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in containerNames: {
    parent: blobs
    name: container
    properties: { publicAccess: 'None' }
  }
]

resource auditContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = {
  parent: blobs
  name: 'audit'
}

resource anchorContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = {
  parent: blobs
  name: 'audit-anchors'
}

// The chains grow, and nothing in them changes: what is overwritten, the heads, lies in a container of its own. The product never does what this forbids; tests show it.
resource auditStays 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = if (!auditLocked) {
  parent: auditContainer
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: auditDays
    allowProtectedAppendWrites: true
  }
  dependsOn: [containers]
}

// Signed heads and certificates of who signs: each is written once, and not even appended to.
resource anchorsStay 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = if (!anchorsLocked) {
  parent: anchorContainer
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: auditDays
    allowProtectedAppendWrites: false
  }
  dependsOn: [containers]
}

// Only what is no longer current: a blob that counts is deleted by the product, which writes it into the audit trail, and by nothing else. With versioning what is
// deleted or overwritten becomes a version, and only a version that is deleted is soft-deleted, for recoveryDays: so this takes versions at once, or what was erased could be had back for twice as long.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'noncurrent-versions'
          enabled: true
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob', 'appendBlob'] }
            actions: {
              version: { delete: { daysAfterCreationGreaterThan: 1 } }
            }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}

module endpoints 'privateEndpoint.bicep' = [
  for group in ['blob', 'queue']: if (access.private) {
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

resource blobLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'access'
  properties: {
    workspaceId: accessLogId
    logs: [
      for category in ['StorageRead', 'StorageWrite', 'StorageDelete']: {
        category: category
        enabled: true
      }
    ]
  }
}

// The poison queue of the blob trigger lies here; what is in its messages isn't logged.
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
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88' // Storage Queue Data Contributor
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

output id string = account.id
