import { DicomService, Site, Tags } from '../types.bicep'

param name string
param location string
param tags Tags
param identityName string
param insightsName string
param operationsId string
param hostStorageName string
param packageContainer string
param dataStorageName string
param vaultName string
param dicomServices DicomService[]

@description('Subnet that the app sends from; none where everything it needs is public.')
param subnetId string?
param callers Site[]
param deployers Site[]
param apiClientId string?

@description('Whether people sign in to the console with their accounts: the vault has the secret of the API\'s registration.')
param consoleSignIn bool

@description('Where browsers reach the service, if not by the app\'s own name.')
param publicUrl string?
param instanceMemoryMB 2048 | 4096
param maximumInstanceCount int
param zoneRedundant bool

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: hostStorageName
}

resource dataStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: dataStorageName
}

// Each has a reader: the app's own code, or the host and its extensions; tests/Infra.Tests says which.
var settings = {
  AzureWebJobsStorage__blobServiceUri: 'https://${hostStorage.name}.blob.${environment().suffixes.storage}'
  AzureWebJobsStorage__queueServiceUri: 'https://${hostStorage.name}.queue.${environment().suffixes.storage}'
  AzureWebJobsStorage__tableServiceUri: 'https://${hostStorage.name}.table.${environment().suffixes.storage}'
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identity.properties.clientId
  RadiomicsStorage__blobServiceUri: 'https://${dataStorage.name}.blob.${environment().suffixes.storage}'
  RadiomicsStorage__queueServiceUri: 'https://${dataStorage.name}.queue.${environment().suffixes.storage}'
  RadiomicsStorage__credential: 'managedidentity'
  RadiomicsStorage__clientId: identity.properties.clientId
  // The beginning, "/", is the console's and not a page of the host's.
  AzureWebJobsDisableHomepage: 'true'
  Radiomics__UidKey: '@Microsoft.KeyVault(SecretUri=https://${vaultName}${environment().suffixes.keyvaultDns}/secrets/uid-key)'
  // As much under way as keeps all instances busy that there may be; functions/Orchestrations/README.md has the reasons.
  Radiomics__Turns__Studies: string(2 * maximumInstanceCount)
  Radiomics__Turns__StudiesPerCenter: string((3 * maximumInstanceCount) / 2)
  Radiomics__Turns__Retrainings: '2'
  Radiomics__Turns__RetrainingSteps: string(maximumInstanceCount / 2)
  Radiomics__Audit__Key: 'https://${vaultName}${environment().suffixes.keyvaultDns}/keys/audit'
  Radiomics__Audit__KeyClientId: identity.properties.clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identity.properties.clientId}'
}

var dicomSettings = map(range(0, length(dicomServices)), i => {
  'Radiomics__DicomServices__${i}__Center': dicomServices[i].center
  'Radiomics__DicomServices__${i}__Endpoint': dicomServices[i].endpoint
  'Radiomics__DicomServices__${i}__ClientId': identity.properties.clientId
})

// Entra ID's tokens of version 2, as register.sh asks for them. Event Grid brings one, too, with its DICOM events: subscriptions.bicep sees to that.
var tokenSettings = apiClientId == null
  ? {}
  : {
      Radiomics__Auth__Issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
      Radiomics__Auth__Audience: apiClientId
      Radiomics__Auth__EventsRole: 'AzureEventGridSecureWebhookSubscriber'
    }

var consoleSettings = union(
  consoleSignIn && apiClientId != null
    ? {
        Radiomics__Auth__ClientId: apiClientId
        Radiomics__Auth__ClientSecret: '@Microsoft.KeyVault(SecretUri=https://${vaultName}${environment().suffixes.keyvaultDns}/secrets/console-client-secret)'
      }
    : {},
  publicUrl == null ? {} : { Radiomics__Auth__PublicUrl: publicUrl }
)

var allSettings = reduce(dicomSettings, union(settings, tokenSettings, consoleSettings), (all, of) => union(all, of))

// Event Grid delivers to public endpoints only, so the app's public side stays open: to Event Grid's addresses and to the listed sites, and to nobody else.
var eventGrid = {
  name: 'event-grid'
  description: 'Event Grid pushes to public endpoints only.'
  action: 'Allow'
  priority: 100
  tag: 'ServiceTag'
  ipAddress: 'AzureEventGrid'
}

var callerRules = [
  for (caller, i) in callers: {
    name: caller.name
    description: 'May call the API and look at the console.'
    action: 'Allow'
    priority: 200 + i
    tag: 'Default'
    ipAddress: caller.addressPrefix
  }
]

var deployerRules = [
  for (deployer, i) in deployers: {
    name: deployer.name
    description: 'May deploy.'
    action: 'Allow'
    priority: 200 + i
    tag: 'Default'
    ipAddress: deployer.addressPrefix
  }
]

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    // Without it references to the vault are resolved by a system-assigned identity, which the app doesn't have.
    keyVaultReferenceIdentity: identity.id
    virtualNetworkSubnetId: subnetId
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: 'https://${hostStorage.name}.blob.${environment().suffixes.storage}/${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
    // Flex Consumption takes few of a site's settings and refuses the whole deployment for any other (error 51021): not ftpsState, since there is no FTP.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: 'Deny'
      ipSecurityRestrictions: concat([eventGrid], callerRules)
      scmIpSecurityRestrictionsUseMain: false
      scmIpSecurityRestrictionsDefaultAction: 'Deny'
      scmIpSecurityRestrictions: deployerRules
      appSettings: map(items(allSettings), setting => {
        name: setting.key
        value: setting.value
      })
    }
  }
}

// Packages are deployed under Entra ID; there is no password to the app.
resource noPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = [
  for kind in ['ftp', 'scm']: {
    parent: app
    name: any(kind)
    properties: { allow: false }
  }
]

// Metrics only: its log comes by Application Insights already.
resource metrics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'operations'
  properties: {
    workspaceId: operationsId
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output hostName string = app.properties.defaultHostName
