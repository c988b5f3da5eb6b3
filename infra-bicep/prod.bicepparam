using 'main.bicep'

// The addresses, ids and e-mail addresses are examples (RFC 5737, RFC 2606): put the hospital's own here.
param stage = 'prod'
param tags = {
  owner: 'radiology-it'
  costCenter: 'radiology'
}
param centers = [
  { id: 'A', dicom: true, principalId: '00000000-0000-0000-0000-00000000000a', principalType: 'Group' }
  { id: 'B', dicom: true, principalId: '00000000-0000-0000-0000-00000000000b', principalType: 'ServicePrincipal' }
  { id: 'research', dicom: false, principalId: '00000000-0000-0000-0000-00000000000c', principalType: 'Group' }
]
param network = {
  private: true
  addressPrefix: '10.60.0.0/24'
  dns: 'create'
}
param callers = [
  { name: 'hospital-a', addressPrefix: '192.0.2.0/28' }
  { name: 'hospital-b', addressPrefix: '198.51.100.16/28' }
]
param deployers = [
  { name: 'it', addressPrefix: '192.0.2.8/32' }
]
param apiClientId = '00000000-0000-0000-0000-0000000000a1'
param alertEmails = ['radiology-it@example.org']
param storageSku = 'Standard_GZRS'
param zoneRedundant = true
param recoveryDays = 90
param logDays = 365
param monthlyBudget = 1000
param budgetStart = readEnvironmentVariable('RADIOMICS_BUDGET_START')
param consoleSignIn = bool(readEnvironmentVariable('RADIOMICS_CONSOLE_SIGN_IN', 'false'))
param uidKey = readEnvironmentVariable('RADIOMICS_UID_KEY')
