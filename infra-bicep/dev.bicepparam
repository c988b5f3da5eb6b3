using 'main.bicep'

// A developer's or a trial deployment: everything is reached from anywhere under Entra ID, and little of it.
param stage = 'dev'
param tags = {
  owner: 'radiomics'
  costCenter: 'research'
}
param centers = [
  { id: 'A', dicom: true }
  { id: 'B', dicom: false }
  { id: 'research', dicom: false }
]
param network = {
  private: false
  addressPrefix: '10.60.0.0/24'
  dns: 'create'
}
param callers = [
  { name: 'anywhere', addressPrefix: '0.0.0.0/0' }
]
param deployers = [
  { name: 'anywhere', addressPrefix: '0.0.0.0/0' }
]
param alertEmails = ['radiomics@example.org']
param storageSku = 'Standard_LRS'
param recoveryDays = 7
param logDays = 30
param monthlyBudget = 50
param budgetStart = readEnvironmentVariable('RADIOMICS_BUDGET_START')
param consoleSignIn = bool(readEnvironmentVariable('RADIOMICS_CONSOLE_SIGN_IN', 'false'))
param uidKey = readEnvironmentVariable('RADIOMICS_UID_KEY')
