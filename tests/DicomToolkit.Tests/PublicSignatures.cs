using System.Reflection;
using System.Runtime.CompilerServices;

namespace DicomToolkit.Tests;

/// <summary>
/// The public members of an assembly as normalised lines, to be compared with a list kept beside the test.
/// <para>
/// Use: <c>PublicSignatures.NotListed(typeof(X).Assembly, "Signatures.txt")</c> gives the lines that the list lacks (a test asserts that it is empty).
/// A line is <c>Full.Type.Name: member</c>, C# keywords for primitive types, namespaces left off elsewhere, without nullability, attributes or parameter defaults:
/// </para>
/// <code>
/// Some.Namespace.Thing: class : Base
/// Some.Namespace.Thing: Thing(string name)
/// Some.Namespace.Thing: static Task&lt;int&gt; CountAsync&lt;T&gt;(IEnumerable&lt;T&gt; items, params int[] rest)
/// Some.Namespace.Thing: string Name { get; init; }
/// Some.Namespace.Colour: Red = 0
/// </code>
/// <para>
/// Protected members count as public. What a record's compiler-made members are (Equals, ToString, Deconstruct, the clone …) and overrides of
/// <see cref="object"/>'s own is left out. In the list, blank lines and lines that start with # are skipped, and the list may hold more than the assembly has.
/// </para>
/// </summary>
internal static class PublicSignatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(char)] = "char",
    };

    /// <summary>The assembly's lines that the list (a file beside the test assembly, or a full path) doesn't hold, sorted.</summary>
    public static IReadOnlyList<string> NotListed(Assembly assembly, string listFile)
    {
        var path = Path.Combine(AppContext.BaseDirectory, listFile);
        var listed = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToHashSet(StringComparer.Ordinal);
        return [.. Of(assembly).Where(line => !listed.Contains(line))];
    }

    /// <summary>Every public or protected member of every public type, one line each, sorted.</summary>
    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(OfType).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> OfType(Type type)
    {
        var prefix = Name(type, full: true) + ": ";
        yield return prefix + Kind(type);
        if (type.IsSubclassOf(typeof(MulticastDelegate)))
        {
            yield return prefix + Method(type.GetMethod("Invoke")!);
            yield break;
        }
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type))
                yield return prefix + name + " = " + Convert.ToInt64(Enum.Parse(type, name));
            yield break;
        }
        foreach (var constructor in type.GetConstructors(Declared).Where(c => Visible(c) && !c.IsStatic))
            yield return prefix + Access(constructor) + Bare(type) + Parameters(constructor);
        foreach (var property in type.GetProperties(Declared).Where(p => p.Name != "EqualityContract" && p.GetAccessors(true).Any(Visible)))
            yield return prefix + Property(property);
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return prefix + (field.IsStatic ? "static " : "") + Name(field.FieldType) + " " + field.Name;
        foreach (var happening in type.GetEvents(Declared).Where(e => Visible(e.AddMethod!)))
            yield return prefix + "event " + Name(happening.EventHandlerType!) + " " + happening.Name;
        foreach (var method in type.GetMethods(Declared).Where(m => Visible(m) && !IsAccessor(m) && !IsCompilerMade(m) && !OverridesObject(m)))
            yield return prefix + Method(method);
    }

    private static string Kind(Type type)
    {
        var modifiers = type switch
        {
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsInterface: true } => "",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true, IsValueType: false } => "sealed ",
            _ => "",
        };
        var word = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            _ => type.IsSubclassOf(typeof(MulticastDelegate)) ? "delegate" : "class",
        };
        var basis = word == "class" && type.BaseType is { } b && b != typeof(object) ? " : " + Name(b) : "";
        return word == "delegate" ? word : modifiers + word + basis;
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(true).Where(Visible).ToArray();
        var index = property.GetIndexParameters();
        var name = index.Length > 0 ? "this[" + string.Join(", ", index.Select(Parameter)) + "]" : property.Name;
        var get = accessors.Contains(property.GetMethod) ? "get; " : "";
        var set = accessors.Contains(property.SetMethod) ? (IsInit(property.SetMethod!) ? "init; " : "set; ") : "";
        return Modifiers(accessors[0]) + Name(property.PropertyType) + " " + name + " { " + get + set + "}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition ? "<" + string.Join(", ", method.GetGenericArguments().Select(a => a.Name)) + ">" : "";
        return Modifiers(method) + Name(method.ReturnType) + " " + method.Name + generic + Parameters(method);
    }

    private static string Modifiers(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface || method.DeclaringType.IsSubclassOf(typeof(MulticastDelegate)))
            return "";
        var kind = method switch
        {
            { IsStatic: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsVirtual: true, IsFinal: false } => method.GetBaseDefinition() == method ? "virtual " : "override ",
            _ => "",
        };
        return Access(method) + kind;
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Parameters(MethodBase method)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        return "(" + extension + string.Join(", ", method.GetParameters().Select(Parameter)) + ")";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ => parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "",
        };
        return way + Name(parameter.ParameterType) + " " + parameter.Name;
    }

    private static string Name(Type type, bool full = false)
    {
        if (type.IsByRef)
            return Name(type.GetElementType()!, full);
        if (type.IsArray)
            return Name(type.GetElementType()!, full) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Name(underlying) + "?";
        var outer = type.IsNested ? Name(type.DeclaringType!, full) + "." : full ? type.Namespace + "." : "";
        var arguments = type.IsGenericType ? "<" + string.Join(", ", type.GetGenericArguments().Select(a => Name(a))) + ">" : "";
        return outer + Bare(type) + arguments;
    }

    private static string Bare(Type type) => type.Name.Split('`')[0];

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsCompilerMade(MethodInfo method) =>
        method.Name.Contains('<') || method.Name is "op_Equality" or "op_Inequality" && method.IsDefined(typeof(CompilerGeneratedAttribute), false)
        || (IsRecord(method.DeclaringType!) && method.Name is "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct");

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null || type.GetMethod("PrintMembers", Declared) is not null;

    private static bool OverridesObject(MethodInfo method) => method.GetBaseDefinition().DeclaringType == typeof(object);
}
