using System.Reflection;
using System.Runtime.Loader;

namespace Benchmarks.Dicom;

/// <summary>
/// Ingest of a build that lies in a folder, this one or another, loaded beside this program's own and called by name: so both are measured by the same code.
/// </summary>
internal sealed class DicomBuild
{
    private readonly Assembly _dicom;
    private readonly object _rules;
    private readonly object _key;

    /// <param name="folder">The output of a build of these benchmarks.</param>
    public DicomBuild(string folder)
    {
        var context = new AssemblyLoadContext("build");
        context.Resolving += (_, name) => Path.Combine(folder, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        _dicom = context.LoadFromAssemblyPath(Path.Combine(folder, "Radiomics.Dicom.dll"));
        var profiles = Create(context.LoadFromAssemblyPath(Path.Combine(folder, "Radiomics.Pipeline.dll")), "Radiomics.Pipeline.CenterProfiles", Path.Combine(folder, "models"));
        _rules = Property(Call(profiles, "Get", "A"), "Ingest");
        _key = Create(_dicom, "Radiomics.Dicom.UidKey", new byte[32]);
    }

    /// <summary>Opens a zip as an upload.</summary>
    public IDisposable Open(Stream zip) => (IDisposable)Create(_dicom, "Radiomics.Dicom.ZipStudySource", zip, null);

    /// <summary>Headers, region of interest and all checks: everything but the images' pixels.</summary>
    /// <returns>The study.</returns>
    public object ReadHeaders(IDisposable source)
    {
        var request = Create(_dicom, "Radiomics.Dicom.IngestRequest");
        return Invoke(_dicom.GetType("Radiomics.Dicom.StudyReader", throwOnError: true)!.GetMethod("Read")!, null, [source, _rules, _key, request]);
    }

    /// <summary>Volumes of a study, one at a time.</summary>
    public static IEnumerable<float[]> ReadVolumes(object study)
    {
        foreach (var sequence in (System.Collections.IEnumerable)Property(study, "Sequences"))
        {
            yield return (float[])Property(Property(sequence, "Volume"), "Voxels");
        }
    }

    private static object Create(Assembly assembly, string type, params object?[] arguments)
    {
        var constructor = assembly.GetType(type, throwOnError: true)!.GetConstructors().First(one => one.GetParameters().Length >= arguments.Length);
        return constructor.Invoke(Completed(constructor, arguments));
    }

    private static object Call(object target, string method, params object?[] arguments) => Invoke(target.GetType().GetMethod(method)!, target, arguments);

    private static object Invoke(MethodInfo method, object? target, object?[] arguments) => method.Invoke(target, Completed(method, arguments))!;

    private static object Property(object target, string name) => target.GetType().GetProperty(name)!.GetValue(target)!;

    /// <summary>A later build may have added parameters with a default.</summary>
    private static object?[] Completed(MethodBase method, object?[] arguments) =>
        [.. arguments, .. method.GetParameters().Skip(arguments.Length).Select(_ => Type.Missing)];
}
