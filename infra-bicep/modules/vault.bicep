import { Access, Tags } from '../types.bicep'

param name string
param location string
param tags Tags
param access Access
param appIdentityName string
param accessLogId string

@description('base64 of 32 random bytes; empty if the secret is there already. It is never overwritten: under another key every study gets another UID.')
@secure()
param uidKey string

@description('Whether the secret with which the console signs people in is there; register.sh puts it in.')
param consoleSignIn bool

resource appIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: appIdentityName
}

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    // Whoever deletes the key by mistake, or on purpose, must not be able to make it final: it can be had back for 90 days.
    enableSoftDelete: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
    publicNetworkAccess: access.private ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'None'
      defaultAction: access.private ? 'Deny' : 'Allow'
    }
  }
}

module endpoint 'privateEndpoint.bicep' = if (access.private) {
  params: {
    name: '${name}-vault'
    location: location
    tags: tags
    subnetId: access.endpointSubnetId
    targetId: vault.id
    group: 'vault'
    zoneNames: access.zonesHere ? ['privatelink.vaultcore.azure.net'] : []
  }
}

@onlyIfNotExists()
resource newSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(uidKey)) {
  parent: vault
  name: 'uid-key'
  tags: tags
  properties: {
    value: uidKey
    contentType: 'base64 of 32 random bytes'
  }
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' existing = {
  parent: vault
  name: 'uid-key'
}

resource consoleSecret 'Microsoft.KeyVault/vaults/secrets@2024-11-01' existing = {
  parent: vault
  name: 'console-client-secret'
}

// Vouches for what the service writes into its audit trail. It never leaves the vault; a deployment that finds it leaves it as it is, since another one would vouch for nothing that is there.
@onlyIfNotExists()
resource auditKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: 'audit'
  tags: tags
  properties: {
    kty: 'EC'
    curveName: 'P-256'
    keyOps: ['sign', 'verify']
  }
}

// Of the roles that there are, each that signs may change or back up the key, too.
resource signer 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, name, 'audit-signer')
  properties: {
    roleName: 'Radiomics audit signer (${name})'
    description: 'Signs with a key of a vault and reads its public half; neither changes it nor copies it.'
    type: 'customRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        notActions: []
        dataActions: ['Microsoft.KeyVault/vaults/keys/read', 'Microsoft.KeyVault/vaults/keys/sign/action']
        notDataActions: []
      }
    ]
  }
}

resource appSigns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: auditKey
  name: guid(auditKey.id, appIdentity.id, 'audit-signer')
  properties: {
    principalId: appIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: signer.id
  }
}

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource appReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: secret
  name: guid(secret.id, appIdentity.id, keyVaultSecretsUser)
  properties: {
    principalId: appIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
  dependsOn: [newSecret]
}

resource appReadsConsoleSecret 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (consoleSignIn) {
  scope: consoleSecret
  name: guid(consoleSecret.id, appIdentity.id, keyVaultSecretsUser)
  properties: {
    principalId: appIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource log 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'access'
  properties: {
    workspaceId: accessLogId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}
