@export()
@description('A center that this deployment serves.')
type Center = {
  @description('As in models/centers/{id}.json; the first part of the names of what it uploads.')
  @minLength(1)
  @maxLength(17)
  id: string

  @description('Object id of whoever uploads for the center: a group, or the service principal of its gateway. Without it the center has no access to storage.')
  principalId: string?

  principalType: ('Group' | 'ServicePrincipal' | 'User')?

  @description('Whether the center gets a DICOM service of its own. Not a partition of a common one: Azure gives no roles on partitions, so that one center could read another.')
  dicom: bool
}

@export()
@description('Addresses that may call. As CIDR blocks, or single addresses with /32.')
type Site = {
  @minLength(1)
  @maxLength(32)
  name: string
  addressPrefix: string
}

@export()
type Network = {
  @description('Whether storage, vault and DICOM service are reached by private endpoints only.')
  private: bool

  @description('Of the virtual network, at least a /25: its first two /26 become the subnets. It must be free in the network that it is peered with.')
  addressPrefix: string

  @description('create: private DNS zones in this resource group. policy: the hospital\'s own platform registers private endpoints in its zones.')
  dns: 'create' | 'policy'
}

@export()
@description('A center\'s DICOM service.')
type DicomService = {
  center: string

  @description('In its workspace.')
  name: string
  endpoint: string
}

@export()
@description('How a resource is reached.')
type Access = {
  @description('By private endpoints only.')
  private: bool

  @description('Subnet of the private endpoints, where there are any.')
  endpointSubnetId: string

  @description('Whether this resource group has the DNS zones that name them.')
  zonesHere: bool
}

@export()
@description('Tags of every resource.')
type Tags = {
  @description('Who answers for it.')
  owner: string
  costCenter: string
  *: string
}

@export()
@description('What the first step hands to the second.')
type Deployed = {
  functionAppName: string
  uploadTopicName: string

  @description('Empty without DICOM services.')
  dicomTopicName: string
  hostStorageName: string
  deadLetterContainer: string

  @description('Whose tokens the DICOM webhook takes; empty where the API isn\'t registered.')
  apiClientId: string
}
