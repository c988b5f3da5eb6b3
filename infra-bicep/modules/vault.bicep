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

// Vouches for what the service writes into its audit trail. It never leaves the vault; a deployment that finds it leaves it as it is, since another one would vouch for nothing that is there.
@onlyIfNotExists()
resource newAuditKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: vault
  name: auditKeyName
  tags: tags
  properties: {
    kty: 'EC'
    curveName: 'P-256'
    keyOps: ['sign', 'verify']
  }
}

resource auditKey 'Microsoft.KeyVault/vaults/keys@2024-11-01' existing = {
  parent: vault
  name: auditKeyName
}

var auditKeyName = 'audit'
var keyVaultCryptoUser = '12338af0-0e69-4776-bea7-57ae8d297424'

// On the key alone. There is no built-in role that signs and can do nothing else; what the key can be used for (keyOps) is to sign and to verify.
resource appSigns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: auditKey
  name: guid(auditKey.id, appIdentity.id, keyVaultCryptoUser)
  properties: {
    principalId: appIdentity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultCryptoUser)
  }
  dependsOn: [newAuditKey]
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
