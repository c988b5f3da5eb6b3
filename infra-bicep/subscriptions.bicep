// The second step: Event Grid's subscriptions. They call the app under keys that exist only once its code runs, so this is deployed after main.bicep and the package.
import { Deployed } from 'types.bicep'

targetScope = 'resourceGroup'

@description('The output of this name of main.bicep.')
param deployed Deployed

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: deployed.functionAppName
}

resource dicomDoor 'Microsoft.Web/sites/functions@2024-11-01' existing = {
  parent: app
  name: 'PostDicomEvents'
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: deployed.hostStorageName
}

resource uploadTopic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: deployed.uploadTopicName
}

resource dicomTopic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  // A name that is never asked for: names are looked at even where a condition leaves a resource out.
  name: empty(deployed.dicomTopicName) ? 'none' : deployed.dicomTopicName
}

// A day of attempts, so that an hour without the app loses nothing.
var retries = {
  eventTimeToLiveInMinutes: 1440
  maxDeliveryAttempts: 30
}

var deadLetters = {
  identity: { type: 'SystemAssigned' }
  deadLetterDestination: {
    endpointType: 'StorageBlob'
    properties: {
      resourceId: hostStorage.id
      blobContainerName: deployed.deadLetterContainer
    }
  }
}

// Under a key alone: the Blobs extension's webhook looks at no token.
resource uploads 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: uploadTopic
  name: 'upload-arrived'
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.UploadArrived&code=${listKeys('${app.id}/host/default', '2024-11-01').systemKeys.blobs_extension}'
        // One upload a delivery: a batch would be delivered again as a whole.
        maxEventsPerBatch: 1
        minimumTlsVersionAllowed: '1.2'
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/incoming/'
      // What completes an upload; the files of a folder that isn't closed yet needn't wake anybody. Case is ignored.
      advancedFilters: [
        {
          operatorType: 'StringEndsWith'
          key: 'subject'
          values: ['.zip', '/_ready']
        }
      ]
    }
    retryPolicy: retries
    deadLetterWithResourceIdentity: deadLetters
  }
}

// Our own door looks at Event Grid's token, too, for which register.sh has made the role. Whoever deploys this needs that role as well, or Event Grid refuses.
var token = empty(deployed.apiClientId)
  ? {}
  : {
      azureActiveDirectoryTenantId: tenant().tenantId
      azureActiveDirectoryApplicationIdOrUri: deployed.apiClientId
    }

resource studies 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = if (!empty(deployed.dicomTopicName)) {
  parent: dicomTopic
  name: 'post-dicom-events'
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/api/dicom-events?code=${dicomDoor.listKeys().default}'
        // A study's thousand instances come in few calls.
        maxEventsPerBatch: 100
        preferredBatchSizeInKilobytes: 64
        minimumTlsVersionAllowed: '1.2'
        ...token
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.HealthcareApis.DicomImageCreated']
    }
    retryPolicy: retries
    deadLetterWithResourceIdentity: deadLetters
  }
}
