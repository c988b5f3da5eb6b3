namespace Radiomics.Extraction;

internal enum GaborPart { Modulus, Real, Imaginary }
internal enum Pooling { Average, Max, Min }
