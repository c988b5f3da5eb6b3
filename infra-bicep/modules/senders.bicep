import { Center } from '../types.bicep'

@description('Name of this deployment, which makes the role\'s name its own in the tenant.')
param name string
param accountName string
param containerName string
param centers Center[]

// What a center's principal may do in the container: send, and see what it has sent. Not read it again: stolen credentials of a gateway give no studies away.
var read = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
var write = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'
var add = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'
var path = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path'
var prefix = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs:prefix'
var nameOfContainer = 'Microsoft.Storage/storageAccounts/blobServices/containers:name'

var senders = filter(centers, center => !empty(center.?principalId ?? ''))

// An id goes into a condition's text: one that could end the text, or reach into another folder, ends the deployment.
var areas = map(
  senders,
  sender =>
    contains(sender.id, '\'') || contains(sender.id, '/') || contains(sender.id, '\\')
      ? fail('The center id ${sender.id} has characters that no folder of a center can have.')
      : '${sender.id}/'
)

// In the form of Microsoft's own examples: each clause says which operations it is about, !(…), and what must hold of those. No container can have the name that reading one wants.
var conditions = [
  for area in areas: [
    '((!(ActionMatches{\'${read}\'} AND SubOperationMatches{\'Blob.List\'})) OR (@Request[${prefix}] StringStartsWith \'${area}\'))'
    '((!(ActionMatches{\'${read}\'} AND NOT SubOperationMatches{\'Blob.List\'})) OR (@Resource[${nameOfContainer}] StringEquals \'nothing_is_read\'))'
    '((!(ActionMatches{\'${write}\'}) AND !(ActionMatches{\'${add}\'})) OR (@Resource[${path}] StringStartsWith \'${area}\'))'
  ]
]

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = {
  name: '${accountName}/default/${containerName}'
}

resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, name, 'sender')
  properties: {
    roleName: 'Radiomics sender (${name})'
    description: 'Writes blobs and lists their names; reads and deletes none. Given with a condition on the center\'s folder.'
    type: 'customRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        // There is no action for listing alone: it is a sub-operation of reading, and the condition allows no other.
        dataActions: [read, write, add]
        notDataActions: []
      }
    ]
  }
}

resource mayIn 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (sender, i) in senders: {
    scope: container
    name: guid(container.id, sender.id, sender.?principalId ?? '')
    properties: {
      description: 'Center ${sender.id} sends studies.'
      principalId: sender.?principalId ?? ''
      principalType: sender.?principalType ?? 'Group'
      roleDefinitionId: role.id
      conditionVersion: '2.0'
      condition: join(conditions[i], ' AND ')
    }
  }
]
