import { Tags } from '../types.bicep'

@description('Name of the system topic.')
param name string
param location string
param tags Tags
param identityName string
param operationsId string
param sourceId string
param topicType 'Microsoft.Storage.StorageAccounts' | 'Microsoft.HealthcareApis.Workspaces'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    source: sourceId
    topicType: topicType
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
