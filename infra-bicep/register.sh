#!/usr/bin/env bash
# Registers the API in Entra ID, with a role for each right at each center, and prints its client id. Asks nothing; run again, it adds the roles of new centers.
set -Eeuo pipefail

usage='register.sh NAME CENTER...     the centers as in models/centers, e.g. register.sh radiomics-prod A B research'
[ $# -ge 2 ] || { echo "$usage" >&2; exit 2; }
name=$1
shift
for center in "$@"; do
  [[ $center =~ ^[A-Za-z0-9-][A-Za-z0-9_-]*$ ]] || { echo "A center's name has letters, digits, '-' and '_' only: $center" >&2; exit 2; }
done
for tool in az sha256sum; do
  command -v "$tool" >/dev/null || { echo "$tool is not on this machine" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

az() { command az "$@" --only-show-errors </dev/null; }
graph=https://graph.microsoft.com/v1.0

# The same role has the same id each time: assignments refer to it.
role() {
  local hash
  hash=$(printf %s "$1" | sha256sum)
  printf '{"id": "%s-%s-4%s-8%s-%s", "value": "%s", "displayName": "%s", "description": "%s", "isEnabled": true, "allowedMemberTypes": ["User", "Application"]}' \
    "${hash:0:8}" "${hash:8:4}" "${hash:13:3}" "${hash:17:3}" "${hash:20:12}" "$1" "$1" "$2"
}
roles=$(role Admin 'Everything at every center.')
for center in "$@"; do
  roles+=,$(role "Center.$center.Submit" "Send studies for center $center.")
  roles+=,$(role "Center.$center.Read" "Read predictions and models of center $center, and use its cohorts beside others.")
  roles+=,$(role "Center.$center.Train" "Send cohorts and train models of center $center.")
  roles+=,$(role "Center.$center.Approve" "Decide which model of center $center is the current one.")
done

client=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv)
[ -n "$client" ] || client=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
printf '{"identifierUris": ["api://%s"], "api": {"requestedAccessTokenVersion": 2}, "appRoles": [%s]}' "$client" "$roles" >"$work/application.json"
az rest --method patch --url "$graph/applications(appId='$client')" --body "@$work/application.json" --output none
az ad sp show --id "$client" --output none 2>/dev/null || az ad sp create --id "$client" --output none
# Who has no role gets no token either.
az rest --method patch --url "$graph/servicePrincipals(appId='$client')" --body '{"appRoleAssignmentRequired": true}' --output none
echo "$client"
