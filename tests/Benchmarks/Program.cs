using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Archives;
using Benchmarks.Dicom;
using Benchmarks.DicomWeb;
using Benchmarks.Load;
using Benchmarks.Service;
using Benchmarks.Uploads;
using Radiomics.Extraction;

// "write FOLDER" leaves the liver case as NIfTI there, for timing the tool as a process.
if (args is ["write", var folder])
{
    Directory.CreateDirectory(folder);
    var (image, roi) = LiverCase.Generate();
    using var imageFile = File.Create(Path.Combine(folder, "image.nii.gz"));
    NiftiFile.Write(imageFile, image);
    using var roiFile = File.Create(Path.Combine(folder, "mask.nii.gz"));
    NiftiFile.Write(roiFile, roi);
    return;
}

// "learning" times the learning protocol.
if (args is ["learning", .. var sizes])
{
    Environment.ExitCode = LearningBenchmarks.Run(sizes);
    return;
}

// "service fair" measures whether everybody gets on while others keep the service busy.
if (args is ["service", "fair", .. var parts])
{
    Environment.ExitCode = await FairnessBenchmarks.RunAsync(parts);
    return;
}

// "service" times the service in processes of its own.
if (args is ["service", .. var options])
{
    Environment.ExitCode = await ServiceBenchmarks.RunAsync(options);
    return;
}

// "load" sends hundreds of studies to one host or several.
if (args is ["load", .. var load])
{
    Environment.ExitCode = await LoadBenchmarks.RunAsync(load);
    return;
}

// "dicom" times ingest in processes of its own, beside another build if there is one.
if (args is ["dicom", .. var comparison])
{
    Environment.ExitCode = await DicomBenchmarks.RunAsync(comparison);
    return;
}

// "dicomweb" streams a study of 1.5 GB through the DICOMweb client.
if (args is ["dicomweb", .. var ways])
{
    Environment.ExitCode = await DicomWebBenchmarks.RunAsync(ways);
    return;
}

// "upload" sends a study of 1.5 GB with the tool.
if (args is ["upload"])
{
    Environment.ExitCode = await UploadBenchmarks.RunAsync();
    return;
}

// "archives" sends the service archives that ask for all of the machine.
if (args is ["archives", .. var kinds])
{
    Environment.ExitCode = await ArchiveBenchmarks.RunAsync(kinds);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(LiverCase).Assembly).Run(args);
