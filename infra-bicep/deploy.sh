#!/usr/bin/env bash
# Deploys everything, in the order in which one thing needs another, and asks nothing. Run again, it changes what differs.
set -Eeuo pipefail

usage='deploy.sh STAGE RESOURCE_GROUP LOCATION [--what-if | --resources]     STAGE: dev or prod, as in STAGE.bicepparam'
[ $# -ge 3 ] && [ $# -le 4 ] || { echo "$usage" >&2; exit 2; }
stage=$1 group=$2 location=$3 mode=${4:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ -f "$here/$stage.bicepparam" ] && { [[ $mode =~ ^(--what-if|--resources)?$ ]]; } || { echo "$usage" >&2; exit 2; }
for tool in az dotnet openssl zip; do
  command -v "$tool" >/dev/null || { echo "$tool is not on this machine" >&2; exit 1; }
done

# How often, and how many seconds apart, the app is asked whether it runs.
tries=${RADIOMICS_DEPLOY_TRIES:-60} pause=${RADIOMICS_DEPLOY_PAUSE:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

step() { printf '\n== %s\n' "$1" >&2; }
az() { command az "$@" --only-show-errors </dev/null; }

if [ "$mode" != --what-if ]; then
  step "Resource providers and group"
  for provider in Microsoft.App Microsoft.Consumption Microsoft.EventGrid Microsoft.HealthcareApis Microsoft.Insights Microsoft.KeyVault \
    Microsoft.ManagedIdentity Microsoft.Network Microsoft.OperationalInsights Microsoft.Storage Microsoft.Web; do
    [ "$(az provider show --namespace "$provider" --query registrationState --output tsv)" = Registered ] || az provider register --namespace "$provider" --wait
  done
  az group create --name "$group" --location "$location" --output none
fi

step "What is there already"
scope=$(az group show --name "$group" --query id --output tsv)
start=$(az rest --method get --url "$scope/providers/Microsoft.Consumption/budgets?api-version=2024-08-01" \
  --query "value[?ends_with(name, '-$stage')].properties.timePeriod.startDate | [0]" --output tsv)
RADIOMICS_BUDGET_START=${start:0:10}
[ -n "$RADIOMICS_BUDGET_START" ] && [ "$RADIOMICS_BUDGET_START" != None ] || RADIOMICS_BUDGET_START=$(date -u +%Y-%m-01)

# Under another key every study gets another UID: it is made once, or comes from a backup. A question that isn't answered ends the script here.
old=${RADIOMICS_UID_KEY_FILE:+$(cat "$RADIOMICS_UID_KEY_FILE")}
if [ -n "${RADIOMICS_UID_KEY_FILE:-}" ] && ! [[ $old =~ ^[A-Za-z0-9+/]{43}=$ ]]; then
  echo "What RADIOMICS_UID_KEY_FILE names is no key: one is 32 bytes in base64, as \`radiomics uid-key restore\` prints it." >&2
  exit 1
fi
RADIOMICS_UID_KEY=new RADIOMICS_CONSOLE_SIGN_IN=false
for vault in $(az keyvault list --resource-group "$group" --query "[?tags.stage == '$stage'].id" --output tsv); do
  secrets=$(az rest --method get --url "$vault/secrets?api-version=2024-11-01" --query "value[].name" --output tsv)
  if grep -qx uid-key <<<"$secrets"; then RADIOMICS_UID_KEY=; fi
  # Put there by register.sh, once the registration knows the console.
  if grep -qx console-client-secret <<<"$secrets"; then RADIOMICS_CONSOLE_SIGN_IN=true; fi
done
if [ -n "$old" ] && [ -z "$RADIOMICS_UID_KEY" ]; then
  echo "The vault has a key already, which is never overwritten. Under which key studies are named is changed by a rotation; see README.md." >&2
  exit 1
fi
[ -z "$RADIOMICS_UID_KEY" ] || RADIOMICS_UID_KEY=${old:-$(openssl rand -base64 32)}
# By environment, since arguments can be seen by every user of a machine.
export RADIOMICS_BUDGET_START RADIOMICS_UID_KEY RADIOMICS_CONSOLE_SIGN_IN

deployment=radiomics-$stage
if [ "$mode" = --what-if ]; then
  step "What a deployment would change"
  # By itself what-if wants the rights of whoever deploys, of whoever only looks, too.
  az deployment group what-if --resource-group "$group" --name "$deployment" --parameters "$here/$stage.bicepparam" \
    --validation-level "${RADIOMICS_WHAT_IF_LEVEL:-ProviderNoRbac}"
  exit
fi

step "Resources (1 of 3)"
az deployment group create --resource-group "$group" --name "$deployment" --parameters "$here/$stage.bicepparam" --output none
output() { az deployment group show --resource-group "$group" --name "$deployment" --query "properties.outputs.$1.value" --output "${2:-tsv}"; }
app=$(output functionAppName)
[ "$mode" != --resources ] || exit 0

step "Package (2 of 3)"
# CI: what the lock files say, or nothing.
CI=true dotnet publish "$here/../functions" --configuration Release --output "$work/app" --nologo -v quiet
(cd "$work/app" && zip -qr ../app.zip .)
for ((try = 1; ; try++)); do
  # The app's roles may take some minutes until storage knows them.
  az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$work/app.zip" --output none && break
  [ "$try" -lt 5 ] || { echo "The package could not be deployed." >&2; exit 1; }
  sleep "$pause"
done

step "Event subscriptions (3 of 3)"
# Their webhooks have keys that the app makes when it first runs.
for ((try = 1; ; try++)); do
  ready=$(az functionapp keys list --resource-group "$group" --name "$app" --query "contains(keys(systemKeys), 'blobs_extension')" --output tsv) || ready=
  [ "$ready" != true ] || break
  [ "$try" -lt "$tries" ] || { echo "The app $app has no key blobs_extension: it doesn't run. Its log is in Application Insights." >&2; exit 1; }
  sleep "$pause"
done
az deployment group create --resource-group "$group" --name "$deployment-subscriptions" --template-file "$here/subscriptions.bicep" \
  --parameters "deployed=$(output deployed json)" --output none

step "Done"
for name in console vault api incoming dicomServices virtualNetworkId; do
  printf '%s: %s\n' "$name" "$(output "$name" json)"
done
