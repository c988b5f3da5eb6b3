import { Tags } from '../types.bicep'

param appName string
param eventsName string
param location string
param tags Tags

// One for the app's code and host, one for Event Grid: neither can do what only the other needs.
resource app 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: appName
  location: location
  tags: tags
}

resource events 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: eventsName
  location: location
  tags: tags
}
