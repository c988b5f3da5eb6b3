using System.Text.Json.Nodes;

namespace Functions.Tests.Api;

public sealed class BreakingChangesTests
{
    private const string Document = """
        {
          "paths": {
            "/things/{id}": {
              "put": {
                "operationId": "putThing",
                "security": [{ "key": [] }],
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }, { "name": "how", "in": "query", "schema": { "type": "string", "enum": ["a", "b"] } }],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Order" } }, "text/csv": {} } },
                "responses": {
                  "200": { "headers": { "Location": {} }, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } },
                  "404": { "content": { "application/problem+json": {} } }
                }
              }
            }
          },
          "components": {
            "schemas": {
              "Order": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" }, "count": { "type": ["integer", "null"] }, "kind": { "$ref": "#/components/schemas/Kind" } } },
              "Kind": { "type": "string", "enum": ["x", "y"] },
              "Thing": { "type": "object", "required": ["name", "parts"], "properties": {
                "name": { "type": "string" }, "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } },
                "more": { "anyOf": [{ "$ref": "#/components/schemas/Kind" }, { "type": "null" }] }, "by": { "type": "object", "additionalProperties": { "type": "number" } } } }
            }
          },
          "x-error-codes": [{ "code": "ThingUnknown", "status": 404 }, { "code": "ThingBroken" }]
        }
        """;

    [Fact]
    public void Nothing_has_changed_where_nothing_has() => Assert.Empty(BreakingChanges.Between(JsonNode.Parse(Document)!, JsonNode.Parse(Document)!));

    [Theory]
    [InlineData("/things/{id}\": {", "/stuff/{id}\": {", "put /things/{id} is gone")]
    [InlineData("\"put\": {", "\"post\": {", "put /things/{id} is gone")]
    [InlineData("putThing", "storeThing", "its operationId changed")]
    [InlineData("\"name\": \"how\", \"in\": \"query\"", "\"name\": \"how\", \"in\": \"query\", \"required\": true", "the parameter query how must be there")]
    [InlineData("\"name\": \"how\"", "\"name\": \"why\"", "the parameter query how is gone")]
    [InlineData("[\"a\", \"b\"]", "[\"a\"]", "query how: no longer takes b")]
    [InlineData(", \"text/csv\": {}", "", "body: text/csv is gone")]
    [InlineData("\"required\": [\"name\"]", "\"required\": [\"name\", \"count\"]", "body.count: must be there")]
    [InlineData("[\"integer\", \"null\"]", "\"integer\"", "body.count: integer|null became integer")]
    [InlineData("\"count\": {", "\"number\": {", "body.count is gone")]
    [InlineData("[\"x\", \"y\"]", "[\"x\", \"z\"]", "body.kind: no longer takes y")]
    [InlineData("\"200\": {", "\"201\": {", "the answer 200 is gone")]
    [InlineData("\"Location\": {}", "\"Link\": {}", "200: the header Location is gone")]
    [InlineData("\"required\": [\"name\", \"parts\"]", "\"required\": [\"parts\"]", "200.name: may be missing")]
    [InlineData("\"parts\": {", "\"pieces\": {", "200.parts is gone")]
    [InlineData("\"additionalProperties\": { \"type\": \"number\" }", "\"additionalProperties\": { \"type\": \"string\" }", "200.by{}: number became string")]
    [InlineData("\"items\": { \"$ref\": \"#/components/schemas/Thing\" }", "\"items\": { \"type\": \"string\" }", "200.parts[]: object became string")]
    [InlineData("[{ \"key\": [] }]", "[{ \"key\": [], \"token\": [] }]", "key no longer opens it")]
    [InlineData("\"name\": { \"type\": \"string\" }, \"count\"", "\"name\": { \"type\": \"string\", \"maxLength\": 5 }, \"count\"", "body.name: maxLength is tighter")]
    [InlineData("\"name\": { \"type\": \"string\" }, \"count\"", "\"name\": { \"type\": \"string\", \"pattern\": \"x\" }, \"count\"", "body.name: it has another pattern")]
    [InlineData("\"ThingBroken\"", "\"ThingDamaged\"", "the error code ThingBroken is gone")]
    [InlineData("\"ThingUnknown\", \"status\": 404", "\"ThingUnknown\", \"status\": 410", "the error code ThingUnknown has another status")]
    public void What_callers_rely_on_is_missed(string before, string now, string change)
    {
        Assert.Contains(before, Document);
        var changes = BreakingChanges.Between(JsonNode.Parse(Document)!, JsonNode.Parse(Document.Replace(before, now, StringComparison.Ordinal))!);
        Assert.Contains(changes, found => found.EndsWith(change, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"name\": { \"type\": \"string\" }, \"parts\"", "\"name\": { \"type\": \"string\" }, \"age\": { \"type\": \"number\" }, \"parts\"")]
    [InlineData("[\"a\", \"b\"]", "[\"a\", \"b\", \"c\"]")]
    [InlineData("\"required\": [\"name\"]", "\"required\": []")]
    [InlineData("{ \"code\": \"ThingBroken\" }", "{ \"code\": \"ThingBroken\" }, { \"code\": \"ThingLost\", \"status\": 410 }")]
    [InlineData("{ \"code\": \"ThingBroken\" }", "{ \"code\": \"ThingBroken\", \"status\": 422 }")]
    [InlineData("\"404\": {", "\"410\": {")]
    [InlineData("[{ \"key\": [] }]", "[]")]
    [InlineData("[{ \"key\": [] }]", "[{ \"token\": [] }, { \"key\": [] }]")]
    [InlineData("[{ \"$ref\": \"#/components/schemas/Kind\" }, { \"type\": \"null\" }]", "[{ \"type\": \"null\" }, { \"$ref\": \"#/components/schemas/Kind\" }]")]
    public void What_is_added_or_asked_for_less_breaks_nothing(string before, string now)
    {
        Assert.Contains(before, Document);
        Assert.Empty(BreakingChanges.Between(JsonNode.Parse(Document)!, JsonNode.Parse(Document.Replace(before, now, StringComparison.Ordinal))!));
    }
}
