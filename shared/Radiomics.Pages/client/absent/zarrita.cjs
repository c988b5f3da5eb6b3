// In the place of zarrita, which NiiVue reads Zarr stores with: 1.4 MB of codecs, among them WebAssembly that a page would have to allow. Nothing here is a Zarr store.
module.exports = {};
