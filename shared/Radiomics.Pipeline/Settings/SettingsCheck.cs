using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Radiomics.Pipeline;

/// <summary>Reads settings as the binder will, and tells of all that it could not read or that may not be, where the binder stops at the first.</summary>
public static class SettingsCheck
{
    /// <summary>What is wrong with the settings; empty if nothing is. Values aren't told: one may be a secret.</summary>
    public static IReadOnlyList<SettingFault> Of(IConfiguration configuration, IEnumerable<SettingsConcern> concerns)
    {
        List<SettingFault> faults = [];
        var parts = concerns.ToList();
        foreach (var section in parts.GroupBy(concern => concern.Section))
        {
            var where = section.Key.Length == 0 ? configuration : configuration.GetSection(section.Key);
            Check(where, section.Key.Length == 0 ? [] : [section.Key], [.. section.Select(concern => concern.Options)], section.Any(concern => concern.IsClosed), faults);
        }

        faults.AddRange(parts.Where(part => part.Also is not null && !IsFaulty(part, faults)).SelectMany(part => part.Also!(configuration)).ToList());
        return faults;
    }

    private static bool IsFaulty(SettingsConcern part, List<SettingFault> faults) => SettingsConcern.Properties(part.Options)
        .Select(property => SettingsConcern.NameOf([part.Section, SettingsConcern.KeyOf(property)]))
        .Any(name => faults.Any(fault => fault.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)));

    private static void Check(IConfiguration section, string[] path, IReadOnlyList<Type> types, bool closed, List<SettingFault> faults)
    {
        var properties = types.SelectMany(SettingsConcern.Properties).ToList();
        if (closed)
        {
            faults.AddRange(section.GetChildren()
                .Where(child => !properties.Any(property => SettingsConcern.KeyOf(property).Equals(child.Key, StringComparison.OrdinalIgnoreCase)))
                .Select(child => NoSuch([.. path, child.Key])));
        }

        foreach (var property in properties)
        {
            var key = SettingsConcern.KeyOf(property);
            string[] own = key.Length > 0 ? [.. path, key] : path;
            var value = key.Length > 0 ? section.GetSection(key) : (IConfigurationSection)section;
            if (SettingsConcern.IsLeaf(property.PropertyType))
            {
                CheckLeaf(value.Value, SettingsConcern.NameOf(own), property, property.PropertyType, faults);
                faults.AddRange(key.Length == 0 ? [] : value.GetChildren().Select(child => NoSuch([.. own, child.Key])));
                continue;
            }

            // The binder reads past it.
            if (value.Value is { Length: > 0 })
            {
                faults.Add(NoValue(own));
            }

            if (SettingsConcern.EntryOf(property.PropertyType).Entry is { } entry)
            {
                CheckEntries(value, own, property, entry, faults);
            }
            else
            {
                Check(value, own, [property.PropertyType], closed: true, faults);
            }
        }
    }

    private static SettingFault NoValue(string[] path) =>
        new(SettingsConcern.NameOf(path), $"has no value of its own: what is set there has names that start with {SettingsConcern.NameOf([.. path, ""])}.");

    private static SettingFault NoSuch(params string[] path) => new(SettingsConcern.NameOf(path), "is none of this service's settings; look for a slip of the pen.");

    private static void CheckEntries(IConfigurationSection section, string[] path, PropertyInfo property, Type entry, List<SettingFault> faults)
    {
        foreach (var child in section.GetChildren())
        {
            string[] own = [.. path, child.Key];
            if (SettingsConcern.IsLeaf(entry))
            {
                CheckLeaf(child.Value, SettingsConcern.NameOf(own), property, entry, faults);
            }
            else if (child.Value is { Length: > 0 })
            {
                faults.Add(NoValue(own));
            }
            else
            {
                Check(child, own, [entry], closed: true, faults);
            }
        }
    }

    private static void CheckLeaf(string? text, string name, PropertyInfo property, Type type, List<SettingFault> faults)
    {
        if (string.IsNullOrEmpty(text) && SettingsConcern.IsRequired(property))
        {
            faults.Add(new SettingFault(name, "is missing."));
        }
        else if (text is not null)
        {
            try
            {
                var value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
                faults.AddRange(property.GetCustomAttributes<ValidationAttribute>().Where(rule => !rule.IsValid(value)).Select(rule => new SettingFault(name, Rule(rule))));
            }
            catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException || e.InnerException is FormatException or OverflowException)
            {
                faults.Add(new SettingFault(name, $"must be {Kind(Nullable.GetUnderlyingType(type) ?? type)}."));
            }
        }
    }

    /// <summary>What a rule asks for, as a sentence about a setting.</summary>
    public static string Rule(ValidationAttribute rule) => rule switch
    {
        // The largest of a type is no limit; that of long comes as a double.
        RangeAttribute { Maximum: int.MaxValue or >= (double)long.MaxValue } range => $"must be at least {range.Minimum}.",
        RangeAttribute range => $"must lie between {range.Minimum} and {range.Maximum}.",
        _ => rule.FormatErrorMessage("it"),
    };

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(Uri) => "an address",
        _ when type == typeof(TimeSpan) => "a time (d.hh:mm:ss)",
        _ when type == typeof(double) || type == typeof(float) || type == typeof(decimal) => "a number, with a point",
        _ => "a whole number",
    };
}
