import { Tags } from '../types.bicep'

@description('Name of the system topic.')
param name string
param location string
param tags Tags

@description('Where its subscriptions put what they can\'t deliver.')
param hostStorageName string
param deadLetterContainer string
param operationsId string
param sourceId string
param topicType 'Microsoft.Storage.StorageAccounts' | 'Microsoft.HealthcareApis.Workspaces'

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = {
  name: '${hostStorageName}/default/${deadLetterContainer}'
}

// Its own identity, since that alone gets past the firewall of a storage account: Event Grid doesn't come as a trusted service under an identity that it was given.
resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: sourceId
    topicType: topicType
  }
}

var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource leavesDeadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: container
  name: guid(container.id, topic.id, storageBlobDataContributor)
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: topic
  name: 'operations'
  properties: {
    workspaceId: operationsId
    logs: [
      {
        category: 'DeliveryFailures'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output name string = topic.name
