import { Tags } from '../types.bicep'

param appName string
param location string
param tags Tags

// The app's code and host share it. Event Grid's topics have identities of their own.
resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: appName
  location: location
  tags: tags
}
