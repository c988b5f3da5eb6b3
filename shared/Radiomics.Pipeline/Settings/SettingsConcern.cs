using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline;

/// <summary>A part of the settings, and the class that says what is in it: a property is a setting, its docstring says what it is, its attributes what it may be.</summary>
/// <param name="Section">The part's key; empty: settings at the top.</param>
/// <param name="Options">The class.</param>
/// <param name="IsClosed">Whether all that lies in the section is this product's, so that a name that no class has is a mistake.</param>
public sealed record SettingsConcern(string Section, Type Options, bool IsClosed = false)
{
    /// <summary>What else may be wrong with the part, found once each of its settings can be read; null if nothing.</summary>
    public Func<IConfiguration, IEnumerable<SettingFault>>? Also { get; init; }

    /// <summary>Its settings. The first entry stands for all of a list; those of a table have the name <c>{name}</c>.</summary>
    public IEnumerable<Setting> Settings() => Walk(Section.Length == 0 ? [] : [Section], Options, Activator.CreateInstance(Options)!);

    private static IEnumerable<Setting> Walk(string[] path, Type type, object defaults)
    {
        foreach (var property in Properties(type))
        {
            string[] own = KeyOf(property) is { Length: > 0 } key ? [.. path, key] : path;
            var value = property.GetValue(defaults);
            if (IsLeaf(property.PropertyType))
            {
                yield return new Setting(NameOf(own), property, value);
                continue;
            }

            var (entry, name) = EntryOf(property.PropertyType);
            if (entry is null)
            {
                foreach (var setting in Walk(own, property.PropertyType, value ?? Activator.CreateInstance(property.PropertyType)!))
                {
                    yield return setting;
                }
            }
            else if (IsLeaf(entry))
            {
                yield return new Setting(NameOf([.. own, name]), property, null);
            }
            else
            {
                foreach (var setting in Walk([.. own, name], entry, Activator.CreateInstance(entry)!))
                {
                    yield return setting;
                }
            }
        }
    }

    /// <summary>A key as the name of an environment variable.</summary>
    internal static string NameOf(params IEnumerable<string> path) => string.Join("__", path).Replace(":", "__", StringComparison.Ordinal);

    internal static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>Key of a property below its section; empty: the section's own value.</summary>
    internal static string KeyOf(PropertyInfo property) =>
        property.IsDefined(typeof(SectionValueAttribute)) ? "" : property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    // By name: a package brings a class of this name, too.
    internal static bool IsRequired(PropertyInfo property) =>
        property.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == "System.Runtime.CompilerServices.RequiredMemberAttribute");

    internal static bool IsLeaf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { } of
        && (of.IsPrimitive || of.IsEnum || of == typeof(string) || of == typeof(Uri) || of == typeof(TimeSpan) || of == typeof(decimal));

    /// <summary>What a list or a table holds, and what stands for an entry's name; null if it is neither.</summary>
    internal static (Type? Entry, string Name) EntryOf(Type type) => type switch
    {
        { IsArray: true } => (type.GetElementType(), "0"),
        { IsGenericType: true } when type.GetGenericArguments() is [var entry] => (entry, "0"),
        { IsGenericType: true } when type.GetGenericArguments() is [_, var value] => (value, "{name}"),
        _ => (null, ""),
    };
}

/// <summary>One setting.</summary>
/// <param name="Name">As an environment variable.</param>
/// <param name="Property">The property that it sets.</param>
/// <param name="Default">Its value where nothing is set; null if there is none.</param>
public sealed record Setting(string Name, PropertyInfo Property, object? Default)
{
    /// <summary>Whether nothing works without it.</summary>
    public bool IsRequired => SettingsConcern.IsRequired(Property);
}

/// <summary>Marks the property that is the section's own value: a connection's connection string.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SectionValueAttribute : Attribute;
