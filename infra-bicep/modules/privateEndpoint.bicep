import { Tags } from '../types.bicep'

param name string
param location string
param tags Tags
param subnetId string
param targetId string

@description('Which part of the target, such as blob.')
param group string

@description('Private DNS zones of this resource group that name it; none where the hospital\'s platform registers endpoints.')
param zoneNames string[]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' existing = [
  for zone in zoneNames: {
    name: zone
  }
]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    customNetworkInterfaceName: '${name}-nic'
    privateLinkServiceConnections: [
      {
        name: group
        properties: {
          privateLinkServiceId: targetId
          groupIds: [group]
        }
      }
    ]
  }
}

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = if (!empty(zoneNames)) {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      for (zone, i) in zoneNames: {
        name: replace(zone, '.', '-')
        properties: { privateDnsZoneId: zones[i].id }
      }
    ]
  }
}
