#!/usr/bin/env bash
# Registers the API in Entra ID, with a role for each right at each center and one for Event Grid, and prints its client id. Asks nothing; run again, it adds what is new, and takes nothing away.
# RADIOMICS_DEPLOYERS: object ids of who runs deploy.sh, if not who runs this.
# RADIOMICS_CONSOLE, RADIOMICS_VAULT: the console's address and the vault, as deploy.sh prints them: people then sign in there with their accounts. The client's secret goes from Entra ID into the vault and nowhere else; it is made
# where the vault has none, or another one with RADIOMICS_CONSOLE_SECRET=new. It ends after a year.
set -Eeuo pipefail

usage='register.sh NAME CENTER...     the centers as in models/centers, e.g. register.sh radiomics-prod A B research'
[ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }
name=$1
shift
for center in "$@"; do
  [[ $center =~ ^[A-Za-z0-9-][A-Za-z0-9_-]*$ ]] || { echo "A center's name has letters, digits, '-' and '_' only: $center" >&2; exit 2; }
done
console=${RADIOMICS_CONSOLE:-} vault=${RADIOMICS_VAULT:-}
console=${console%/}
if [ -n "$console$vault" ] && ! { [[ $console =~ ^https://[A-Za-z0-9.-]+(:[0-9]+)?$ ]] && [[ $vault =~ ^[A-Za-z0-9-]+$ ]]; }; then
  echo "RADIOMICS_CONSOLE is an https address without a path, and goes with RADIOMICS_VAULT, the vault's name." >&2
  exit 2
fi
for tool in az sha256sum; do
  command -v "$tool" >/dev/null || { echo "$tool is not on this machine" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

az() { command az "$@" --only-show-errors </dev/null; }
graph=https://graph.microsoft.com/v1.0

# The same name has the same id each time: assignments refer to it.
id() {
  local hash
  hash=$(printf %s "$1" | sha256sum)
  printf '%s-%s-4%s-8%s-%s' "${hash:0:8}" "${hash:8:4}" "${hash:13:3}" "${hash:17:3}" "${hash:20:12}"
}

# Event Grid's own word for who may have events sent to a webhook. Its application has that role, and whoever makes the subscription.
events=AzureEventGridSecureWebhookSubscriber
event_grid=4962773b-9cdb-44cf-a8bf-237846a00ab7

# What people sign in with, and whose tokens are given without asking each of them.
azure_cli=04b07795-8ddb-461a-bbee-02f9e1bf7b46

client=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv)
[ -n "$client" ] || client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
application="$graph/applications(appId='$client')"

# Writing a list replaces it, and taking an enabled role or scope out of it is refused: what is there is asked for, and added to. Without brackets.
one() { az rest --method get --url "$1" --query "$2 | [0]" --output tsv | sed '/^None$/d'; }
there() { az rest --method get --url "$application" --query "$1" --output json | tr -d '\n' | sed -e 's/^ *\[//' -e 's/\] *$//' -e 's/^ *null *$//'; }
both() { printf %s "$1${1:+${2:+,}}$2"; }
roles=$(there 'appRoles[].{id: id, value: value, displayName: displayName, description: description, isEnabled: isEnabled, allowedMemberTypes: allowedMemberTypes}')
known=$(az rest --method get --url "$application" --query 'appRoles[].value' --output tsv)
role() {
  grep -qxF "$1" <<<"$known" || roles=$(both "$roles" "$(printf \
    '{"id": "%s", "value": "%s", "displayName": "%s", "description": "%s", "isEnabled": true, "allowedMemberTypes": ["User", "Application"]}' "$(id "$1")" "$1" "$1" "$2")")
}
role Admin 'Everything at every center.'
for center in "$@"; do
  role "Center.$center.Submit" "Send studies for center $center."
  role "Center.$center.Read" "Read predictions and models of center $center, and use its cohorts beside others."
  role "Center.$center.Train" "Send cohorts and train models of center $center."
  role "Center.$center.Approve" "Decide which model of center $center is the current one."
done
role "$events" 'Event Grid sends DICOM events; who deploys may subscribe to them.'

uris=$(there "identifierUris[?@ != 'api://$client']")

scope=$(one "$application" "api.oauth2PermissionScopes[?value == 'access_as_user'].id")
scopes=$(there "api.oauth2PermissionScopes[].{id: id, value: value, type: type, isEnabled: isEnabled, adminConsentDisplayName: adminConsentDisplayName, adminConsentDescription: adminConsentDescription, userConsentDisplayName: userConsentDisplayName, userConsentDescription: userConsentDescription}")
if [ -z "$scope" ]; then
  scope=$(id access_as_user)
  text='Call the radiomics service as oneself, with the roles that one has there.'
  scopes=$(both "$scopes" "{\"id\": \"$scope\", \"value\": \"access_as_user\", \"type\": \"User\", \"isEnabled\": true, \"adminConsentDisplayName\": \"Call the service\", \"adminConsentDescription\": \"$text\", \"userConsentDisplayName\": \"Call the service\", \"userConsentDescription\": \"$text\"}")
fi
clients=$(there "api.preAuthorizedApplications[?appId != '$azure_cli'].{appId: appId, delegatedPermissionIds: delegatedPermissionIds}")
granted=$(there "api.preAuthorizedApplications[?appId == '$azure_cli'].delegatedPermissionIds[]")
grep -qF "$scope" <<<"$granted" || granted=$(both "$granted" "\"$scope\"")
clients=$(both "$clients" "{\"appId\": \"$azure_cli\", \"delegatedPermissionIds\": [$granted]}")

api="\"requestedAccessTokenVersion\": 2, \"oauth2PermissionScopes\": [$scopes]"
printf '{"identifierUris": [%s], "api": {%s}, "appRoles": [%s]}' "$(both "$uris" "\"api://$client\"")" "$api" "$roles" >"$work/application.json"
az rest --method patch --url "$application" --body "@$work/application.json" --output none
# A client can be let in to a scope only once that is there.
printf '{"api": {%s, "preAuthorizedApplications": [%s]}}' "$api" "$clients" >"$work/clients.json"
az rest --method patch --url "$application" --body "@$work/clients.json" --output none

if [ -n "$console" ]; then
  # Where Entra ID sends people back to: with a code, and after it has signed them out.
  addresses=$(there "web.redirectUris[?@ != '$console/signin/callback' && @ != '$console/signin']")
  printf '{"web": {"redirectUris": [%s]}}' "$(both "$addresses" "\"$console/signin/callback\", \"$console/signin\"")" >"$work/web.json"
  az rest --method patch --url "$application" --body "@$work/web.json" --output none
  secrets=$(az keyvault secret list --vault-name "$vault" --query '[].name' --output tsv)
  if [ "${RADIOMICS_CONSOLE_SECRET:-}" = new ] || ! grep -qx console-client-secret <<<"$secrets"; then
    # By a file, since arguments can be seen by every user of a machine.
    (umask 077; az ad app credential reset --id "$client" --append --display-name console --years 1 --query password --output tsv | tr -d '\n' >"$work/secret")
    az keyvault secret set --vault-name "$vault" --name console-client-secret --file "$work/secret" --encoding utf-8 --expires "$(date -u -d '+1 year' +%Y-%m-%dT%H:%M:%SZ)" --output none
  fi
fi

principal() { az ad sp show --id "$1" --query id --output tsv 2>/dev/null || az ad sp create --id "$1" --query id --output tsv; }
service=$(principal "$client")
# Who has no role gets no token either.
az rest --method patch --url "$graph/servicePrincipals/$service" --body '{"appRoleAssignmentRequired": true}' --output none

# Those who deploy, by object id; else whoever is signed in.
if [ -n "${RADIOMICS_DEPLOYERS:-}" ]; then
  deployers=$RADIOMICS_DEPLOYERS
elif [ "$(az account show --query user.type --output tsv)" = user ]; then
  deployers=$(az ad signed-in-user show --query id --output tsv)
else
  deployers=$(az ad sp show --id "$(az account show --query user.name --output tsv)" --query id --output tsv)
fi
event_role=$(one "$application" "appRoles[?value == '$events'].id")
for who in $(principal "$event_grid") $deployers; do
  given=$(one "$graph/servicePrincipals/$service/appRoleAssignedTo?\$top=999" "value[?principalId == '$who' && appRoleId == '$event_role'].id")
  [ -z "$given" ] || continue
  for ((try = 1; ; try++)); do
    # It may take a minute until a role that is new can be given.
    az rest --method post --url "$graph/servicePrincipals/$service/appRoleAssignedTo" --output none \
      --body "{\"principalId\": \"$who\", \"resourceId\": \"$service\", \"appRoleId\": \"$event_role\"}" && break
    [ "$try" -lt 5 ] || { echo "The role $events could not be given to $who." >&2; exit 1; }
    sleep "${RADIOMICS_REGISTER_PAUSE:-15}"
  done
done
echo "$client"
