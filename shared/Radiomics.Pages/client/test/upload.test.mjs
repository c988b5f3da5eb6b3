import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, test } from "node:test";
import { unzipSync } from "fflate";
import { modulesOf } from "./modules.mjs";

const packing = await modulesOf("upload/pack");
const { studyOf, zipOf: zipFile, uploadNameOf } = await modulesOf("upload/study");
const { chosenFolder, studiesOf } = await modulesOf("upload/gather");
const { send } = await modulesOf("upload/send");

const fileOf = (name, content, lastModified = 1) => new File([content], name, { lastModified });
const studyWith = (...files) => studyOf("DOE^JANE", files.map(([path, content, time]) => ({ path, file: fileOf(path.split("/").at(-1), content, time) })));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");

async function all(pieces) {
  const taken = [];
  for await (const piece of pieces) taken.push(piece);
  return taken;
}

const whole = async (study) => Buffer.concat(await all(packing.zipOf(study)));

test("a folder becomes a zip of the same files, with nothing that systems leave in folders", async () => {
  const large = new Uint8Array(3_000_000).map((_, i) => i * 7);
  const study = studyWith(["b/2.dcm", large], ["a/1.dcm", "one"], ["empty", ""], [".DS_Store", "x"], ["a/Thumbs.db", "x"], ["__MACOSX/a/1.dcm", "x"], ["é/ü.dcm", "name"]);
  const unpacked = unzipSync(new Uint8Array(await whole(study)));

  assert.deepEqual(Object.keys(unpacked).sort(), ["a/1.dcm", "b/2.dcm", "empty", "é/ü.dcm"]);
  assert.deepEqual(Buffer.from(unpacked["b/2.dcm"]), Buffer.from(large));
  assert.equal(Buffer.from(unpacked["a/1.dcm"]).toString(), "one");
});

test("the same files give the same bytes and the same name, in whatever order they were found", async () => {
  const one = studyWith(["a/1.dcm", "one", 5], ["b/2.dcm", "two", 6]);
  const other = studyWith(["b/2.dcm", "two", 6], ["a/1.dcm", "one", 5]);

  assert.deepEqual(await whole(one), await whole(other));
  assert.equal(await uploadNameOf(one), await uploadNameOf(other));
});

test("a name tells of no name, and of other files it is another", async () => {
  const name = await uploadNameOf(studyWith(["DOE^JANE/1.dcm", "one"]));

  assert.match(name, /^console-[0-9a-f]{32}\.zip$/);
  assert.notEqual(name, await uploadNameOf(studyWith(["DOE^JANE/1.dcm", "one", 2])));
  assert.notEqual(name, await uploadNameOf(studyWith(["DOE^JANE/2.dcm", "one"])));
  assert.notEqual(await uploadNameOf(zipFile(fileOf("x.zip", "x"))), await uploadNameOf(studyWith(["x.zip", "x"])));
});

test("a zip is sent as it is", async () => assert.equal((await whole(zipFile(fileOf("x.zip", "as it is")))).toString(), "as it is"));

test("what a zip will take is known before it is packed, and not exceeded", async () => {
  for (const study of [studyWith(["a", "1"]), studyWith(["é".repeat(200), ""], ["b/c", "x".repeat(100_000)]), zipFile(fileOf("x.zip", "abc"))]) {
    const bytes = (await whole(study)).length;
    assert.ok(bytes <= packing.zipBytesOf(study), `${bytes} > ${packing.zipBytesOf(study)}`);
    assert.ok(packing.zipBytesOf(study) < bytes + 600 * study.files.length);
  }
});

test("blocks have one length but for the last, and are the whole", async () => {
  async function* pieces() {
    for (const length of [1, 5, 10, 0, 7]) yield new Uint8Array(length).fill(length);
  }

  const blocks = await all(packing.blocksOf(pieces(), 4));
  assert.deepEqual(blocks.map((block) => block.length), [4, 4, 4, 4, 4, 3]);
  assert.deepEqual(Buffer.concat(blocks), Buffer.concat(await all(pieces())));
});

test("blocks are no longer than the service takes, however large the study", () => {
  const study = (size) => ({ name: "", isZip: true, files: [{ path: "x", file: { size } }] });
  assert.equal(packing.blockBytesOf(study(10), 8 << 20), 1 << 20);
  assert.equal(packing.blockBytesOf(study(400e6), 8 << 20), 4_000_001);
  assert.equal(packing.blockBytesOf(study(8 * 2 ** 30), 8 << 20), 8 << 20);
  assert.ok((8 * 2 ** 30) / (8 << 20) <= 1200);
});

test("each zip is a study, loose files are one, and a chosen folder is one", () => {
  const files = [fileOf("a.zip", "a"), fileOf("b.ZIP", "b"), fileOf("1.dcm", "1"), fileOf("2.dcm", "2")];
  assert.deepEqual(studiesOf(files).map((study) => [study.name, study.isZip, study.files.length]), [["a.zip", true, 1], ["b.ZIP", true, 1], ["2 files", false, 2]]);

  const chosen = ["x/a/1.dcm", "x/2.dcm"].map((path) => Object.defineProperty(fileOf(path, "1"), "webkitRelativePath", { value: path }));
  assert.deepEqual(chosenFolder(chosen).map((study) => [study.name, study.files.map((one) => one.path)]), [["x", ["2.dcm", "a/1.dcm"]]]);
});

// A service that takes blocks, as far as a test lets it.
const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

function serve(answer) {
  const service = { blocks: new Map(), closed: null, asked: 0, most: 0, now: 0 };
  globalThis.fetch = async (address, request) => {
    const own = ++service.asked;
    service.most = Math.max(service.most, ++service.now);
    try {
      await new Promise((resolve) => setTimeout(resolve, 1));
      request.signal?.throwIfAborted();
      const other = answer?.(own, address, request);
      if (other instanceof Error) throw other;
      if (other) return other;
      assert.equal(request.headers.RequestVerificationToken, "token");
      if (request.method === "PUT") {
        assert.equal(request.headers["Content-Digest"], `sha-256=:${sha256(request.body)}:`);
        service.blocks.set(Number(address.split("/").at(-1)), request.body);
        return new Response(null, { status: 204 });
      }

      service.closed = JSON.parse(request.body).blocks;
      return Response.json({ location: "/centers/A/studies/p-1" });
    } finally {
      service.now--;
    }
  };
  return service;
}

const problem = (status, code, headers = {}) => Response.json({ code, detail: `A sentence about ${code}.` }, { status, headers });

async function* blocks(count) {
  for (let i = 0; i < count; i++) yield new Uint8Array(10).fill(i);
}

function sending(count, signal = new AbortController().signal) {
  const seen = { sent: 0, waits: [], pauses: [] };
  const progress = { sent: (bytes) => (seen.sent += bytes), waits: (sentence) => sentence && seen.waits.push(sentence) };
  const pause = async (milliseconds) => void seen.pauses.push(milliseconds);
  return { seen, result: send({ address: "/centers/A/uploads", token: "token" }, "console-x.zip", blocks(count), progress, signal, pause) };
}

test("all blocks arrive, a few at once, and are listed in their order", async () => {
  const service = serve();
  const { seen, result } = sending(20);

  assert.equal(await result, "/centers/A/studies/p-1");
  assert.deepEqual(service.closed, Array.from({ length: 20 }, (_, i) => sha256(service.blocks.get(i))));
  assert.equal(seen.sent, 200);
  assert.ok(service.most > 1 && service.most <= 3, `${service.most} at once`);
});

test("a broken connection, a busy service and a session that has ended are waited for, and what was sent stays sent", async () => {
  const answers = { 2: () => new TypeError("Failed to fetch"), 3: () => problem(429, "ServiceBusy", { "Retry-After": "7" }), 4: () => problem(503, "StorageUnreachable"), 5: () => problem(401, "SignInNeeded") };
  const service = serve((asked) => answers[asked]?.());
  const { seen, result } = sending(3);

  assert.equal(await result, "/centers/A/studies/p-1");
  assert.equal(service.asked, 3 + 4 + 1);
  assert.ok(seen.pauses.includes(7000));
  assert.equal(seen.waits.filter((sentence) => /connection|busy|StorageUnreachable|signed out/.test(sentence)).length, 4);
});

test("what the service will never take ends it with the service's sentence, and nothing more is sent", async () => {
  const service = serve((asked) => (asked >= 2 ? problem(413, "RequestTooLarge") : undefined));
  const { result } = sending(1000);

  await assert.rejects(result, (error) => error.code === "RequestTooLarge" && error.message === "A sentence about RequestTooLarge.");
  assert.ok(service.asked < 10);
  assert.equal(service.closed, null);
});

test("who cancels sends nothing more", async () => {
  const cancelling = new AbortController();
  const service = serve((asked) => void (asked === 4 && cancelling.abort(new DOMException("Cancelled", "AbortError"))));
  const { result } = sending(1000, cancelling.signal);

  await assert.rejects(result, { name: "AbortError" });
  assert.ok(service.asked < 10);
  assert.equal(service.closed, null);
});

test("a file that can't be read any more ends it, and it isn't closed", async () => {
  const service = serve();
  async function* broken() {
    yield new Uint8Array(10);
    throw new DOMException("gone", "NotReadableError");
  }

  const progress = { sent: () => undefined, waits: () => undefined };
  await assert.rejects(send({ address: "/u", token: "token" }, "n", broken(), progress, new AbortController().signal), { name: "NotReadableError" });
  assert.equal(service.closed, null);
});
