namespace RadiomicsFunctions.Api;

/// <summary>Keeps an HTTP function out of the OpenAPI document: what is read by people alone, and no part of the interface.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HiddenAttribute : Attribute;
