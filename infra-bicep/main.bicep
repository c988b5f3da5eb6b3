import { Center, Deployed, DicomService, Network, Site, Tags } from 'types.bicep'

targetScope = 'resourceGroup'

@description('Begins every name. Lower-case letters and digits.')
@minLength(3)
@maxLength(9)
param name string = 'radiomics'

param stage 'dev' | 'test' | 'prod'
param location string = resourceGroup().location
param tags Tags

@description('The centers that are served; each has a profile in models/centers.')
param centers Center[]
param network Network

@description('From where the API may be called, and the console looked at. Event Grid may always.')
param callers Site[]

@description('From where packages may be deployed.')
param deployers Site[]

@description('Where alerts and warnings of the budget go.')
@minLength(1)
param alertEmails string[]

@description('The client id under which the API is registered in Entra ID, which register.sh prints. Not given: callers come with API keys only.')
param apiClientId string?

@description('Whether people sign in to the console with their accounts: the vault has the secret that register.sh puts in, as deploy.sh finds out. Else they sign in with API keys.')
param consoleSignIn bool = false

@description('Where browsers reach the service, e.g. https://radiomics.example.org, if there is a front end or a name of its own before it. Not given: by the app\'s own name.')
param publicUrl string?

@description('''
Memory of an instance, MB. Host and worker take 0.90 GB at their peak for a full-size study, and 0.97 GB for four at once (measured: tests/Benchmarks/README.md), so 2048 is
enough for a prediction whatever else waits; 4096, which has twice the processors, too, is for centers that retrain on large cohorts.
''')
param instanceMemoryMB 2048 | 4096 = 2048

@description('More instances than this are never made, whatever waits: a limit of cost. Not every region takes less than 40.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Redundancy of both storage accounts.')
param storageSku 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS' = 'Standard_ZRS'
param zoneRedundant bool = false

@description('How long a deleted blob or container, and an overwritten version, can be had back, days.')
param recoveryDays int = 30

@description('How long nobody can overwrite or delete an audit event or an anchor of the trail, days. Ten years, unless the hospital keeps its records longer.')
param auditDays int = 3653

@description('Whether the policies that keep audit events and anchors have been locked, which nobody can undo. Set it after locking both; README.md tells how.')
param auditLocked bool = false

@description('The same for the policy of the anchors alone: false where that of the events was locked before there were anchors.')
param anchorsLocked bool = auditLocked

@description('How long undeliverable events are kept, days.')
param deadLetterDays int = 30

@description('How long logs are kept, days.')
param logDays int = 90

@description('A month, in the currency of the subscription.')
param monthlyBudget int

@description('First day of the month in which the budget was made, yyyy-MM-dd. deploy.sh knows it.')
param budgetStart string

@description('base64 of 32 random bytes at the first deployment, empty afterwards. deploy.sh knows which.')
@secure()
param uidKey string

// Seven characters that no other deployment has, so that names are free which must be so in all of Azure.
var token = take(uniqueString(subscription().id, resourceGroup().id, name, stage), 7)
var base = '${name}-${stage}'
var allTags = union(tags, {
  application: 'radiomics-functions'
  stage: stage
})
// Names are made here and not read from modules' outputs, so that what-if can tell what a deployment would change.
var names = {
  appIdentity: '${base}-app'
  insights: base
  network: base
  hostStorage: '${name}${stage}host${token}'
  dataStorage: '${name}${stage}data${token}'
  vault: '${base}-${token}'
  workspace: '${name}${stage}${token}'
  functionApp: '${base}-${token}'
}
var incoming = 'incoming'
var packages = 'app-package'
var deadLetters = 'dead-letters'

var dicomServices = map(filter(centers, center => center.dicom), center => {
  center: center.id
  name: 'center-${toLower(center.id)}'
  endpoint: 'https://${names.workspace}-center-${toLower(center.id)}.dicom.azurehealthcareapis.com'
})
var withDicom = !empty(dicomServices)

var access = {
  private: network.private
  endpointSubnetId: resourceId('Microsoft.Network/virtualNetworks/subnets', names.network, 'endpoints')
  zonesHere: network.dns == 'create'
}

module identities 'modules/identities.bicep' = {
  params: {
    appName: names.appIdentity
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    name: names.insights
    location: location
    tags: allTags
    appIdentityName: names.appIdentity
    alertEmails: alertEmails
    retentionDays: logDays
  }
  dependsOn: [identities]
}

module privateNetwork 'modules/network.bicep' = if (network.private) {
  params: {
    name: names.network
    location: location
    tags: allTags
    settings: network
  }
}

module hostStorage 'modules/hostStorage.bicep' = {
  params: {
    name: names.hostStorage
    location: location
    tags: allTags
    sku: storageSku
    access: access
    packageContainer: packages
    deadLetterContainer: deadLetters
    deadLetterDays: deadLetterDays
    appIdentityName: names.appIdentity
    operationsId: monitoring.outputs.operationsId
  }
  dependsOn: [identities, privateNetwork]
}

module dataStorage 'modules/dataStorage.bicep' = {
  params: {
    name: names.dataStorage
    location: location
    tags: allTags
    sku: storageSku
    access: access
    recoveryDays: recoveryDays
    auditDays: auditDays
    auditLocked: auditLocked
    anchorsLocked: anchorsLocked
    appIdentityName: names.appIdentity
    operationsId: monitoring.outputs.operationsId
    accessLogId: monitoring.outputs.accessLogId
  }
  dependsOn: [identities, privateNetwork]
}

module senders 'modules/senders.bicep' = {
  params: {
    name: names.functionApp
    accountName: names.dataStorage
    containerName: incoming
    centers: centers
  }
  dependsOn: [dataStorage]
}

module vault 'modules/vault.bicep' = {
  params: {
    name: names.vault
    location: location
    tags: allTags
    access: access
    appIdentityName: names.appIdentity
    accessLogId: monitoring.outputs.accessLogId
    uidKey: uidKey
    consoleSignIn: consoleSignIn
  }
  dependsOn: [identities, privateNetwork]
}

module dicom 'modules/dicom.bicep' = if (withDicom) {
  params: {
    name: names.workspace
    location: location
    tags: allTags
    access: access
    dicomServices: dicomServices
    appIdentityName: names.appIdentity
    accessLogId: monitoring.outputs.accessLogId
  }
  dependsOn: [identities, privateNetwork]
}

// Last of what it needs, so that its roles, its key and the names of its private endpoints are there when it starts.
module functionApp 'modules/functionApp.bicep' = {
  params: {
    name: names.functionApp
    location: location
    tags: allTags
    identityName: names.appIdentity
    insightsName: names.insights
    operationsId: monitoring.outputs.operationsId
    hostStorageName: names.hostStorage
    packageContainer: packages
    dataStorageName: names.dataStorage
    vaultName: names.vault
    dicomServices: dicomServices
    subnetId: network.private ? resourceId('Microsoft.Network/virtualNetworks/subnets', names.network, 'app') : null
    callers: callers
    deployers: deployers
    apiClientId: apiClientId
    consoleSignIn: consoleSignIn
    publicUrl: publicUrl
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    zoneRedundant: zoneRedundant
  }
  dependsOn: [identities, privateNetwork, hostStorage, dataStorage, vault, dicom]
}

module uploadTopic 'modules/eventTopic.bicep' = {
  params: {
    name: '${base}-uploads'
    location: location
    tags: allTags
    hostStorageName: names.hostStorage
    deadLetterContainer: deadLetters
    operationsId: monitoring.outputs.operationsId
    sourceId: dataStorage.outputs.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
  dependsOn: [hostStorage]
}

module dicomTopic 'modules/eventTopic.bicep' = if (withDicom) {
  params: {
    name: '${base}-dicom'
    location: location
    tags: allTags
    hostStorageName: names.hostStorage
    deadLetterContainer: deadLetters
    operationsId: monitoring.outputs.operationsId
    sourceId: dicom!.outputs.workspaceId
    topicType: 'Microsoft.HealthcareApis.Workspaces'
  }
  dependsOn: [hostStorage]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    name: base
    location: location
    tags: allTags
    actionGroupId: monitoring.outputs.actionGroupId
    operationsId: monitoring.outputs.operationsId
    topicNames: withDicom ? ['${base}-uploads', '${base}-dicom'] : ['${base}-uploads']
  }
  dependsOn: [uploadTopic, dicomTopic]
}

module budget 'modules/budget.bicep' = {
  params: {
    name: base
    amount: monthlyBudget
    start: budgetStart
    emails: alertEmails
  }
}

@description('Where packages are deployed to.')
output functionAppName string = names.functionApp

@description('Where integrators call.')
output api string = 'https://${functionApp.outputs.hostName}/api'

@description('Where people look.')
output console string = publicUrl ?? 'https://${functionApp.outputs.hostName}'

@description('The vault, which register.sh takes.')
output vault string = names.vault

@description('Where centers upload to: the container and, in it, a folder for each.')
output incoming string = 'https://${names.dataStorage}.blob.${environment().suffixes.storage}/${incoming}'

@description('Where centers with a DICOM service send studies to.')
output dicomServices DicomService[] = dicomServices

@description('What the hospital\'s network is peered with; empty without a private network.')
output virtualNetworkId string = network.private ? privateNetwork!.outputs.virtualNetworkId : ''

@description('What subscriptions.bicep takes.')
output deployed Deployed = {
  functionAppName: names.functionApp
  uploadTopicName: uploadTopic.outputs.name
  dicomTopicName: withDicom ? dicomTopic!.outputs.name : ''
  hostStorageName: names.hostStorage
  deadLetterContainer: deadLetters
  apiClientId: apiClientId ?? ''
}
