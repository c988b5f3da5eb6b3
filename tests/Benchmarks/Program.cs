using BenchmarkDotNet.Running;
using Benchmarks;
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

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
