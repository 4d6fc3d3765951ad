// Reports calls that read what tells one device from another. Joined to record.js; `report` and `around` are its own.
// Each needs more than a page does for its own ends: text drawn and read back, dozens of fonts, many traits at once.
((report, around) => {
  const told = new Set();
  const tell = (name) => {
    if (told.has(name)) return;
    told.add(name);
    report({ kind: "fingerprint", name });
  };
  const after = (owner, name, look) =>
    around(owner, name, function (given) {
      look.call(this, given);
      return null;
    });
  const drawn = new WeakMap();
  const fonts = new Set();
  for (const context of [globalThis.CanvasRenderingContext2D, globalThis.OffscreenCanvasRenderingContext2D]) {
    if (!context) continue;
    for (const name of ["fillText", "strokeText"]) {
      after(context.prototype, name, function ([text]) {
        const signs = drawn.get(this.canvas) || new Set();
        for (const sign of String(text)) signs.add(sign);
        drawn.set(this.canvas, signs);
      });
    }
    after(context.prototype, "measureText", function () {
      fonts.add(this.font);
      if (fonts.size >= 30) tell("fonts");
    });
  }
  const read = (canvas) => {
    const signs = drawn.get(canvas);
    if (signs && signs.size >= 8 && canvas.width >= 16 && canvas.height >= 16) tell("canvas");
  };
  const canvas = globalThis.HTMLCanvasElement && HTMLCanvasElement.prototype;
  for (const name of ["toDataURL", "toBlob"]) after(canvas, name, function () { read(this); });
  after(globalThis.OffscreenCanvas && OffscreenCanvas.prototype, "convertToBlob", function () { read(this); });
  after(globalThis.CanvasRenderingContext2D && CanvasRenderingContext2D.prototype, "getImageData", function () { read(this.canvas); });
  for (const context of [globalThis.WebGLRenderingContext, globalThis.WebGL2RenderingContext]) {
    after(context && context.prototype, "getParameter", ([name]) => {
      if (name === 37445 || name === 37446) tell("webgl");
    });
  }
  let shaped = false;
  const audio = globalThis.BaseAudioContext && BaseAudioContext.prototype;
  for (const name of ["createOscillator", "createDynamicsCompressor"]) after(audio, name, () => { shaped = true; });
  after(globalThis.OfflineAudioContext && OfflineAudioContext.prototype, "startRendering", () => shaped && tell("audio"));
  const traits = new Set();
  const watch = (owner, names) => {
    for (const name of names) {
      const found = owner && Object.getOwnPropertyDescriptor(owner, name);
      if (!found || !found.get || !found.configurable) continue;
      const { get } = {
        get() {
          traits.add(name);
          if (traits.size >= 9) tell("navigator");
          return Reflect.apply(found.get, this, []);
        },
      };
      Object.defineProperty(owner, name, { ...found, get });
    }
  };
  watch(globalThis.Navigator && Navigator.prototype, ["hardwareConcurrency", "deviceMemory", "plugins", "mimeTypes", "languages", "platform", "maxTouchPoints", "vendor", "productSub", "doNotTrack", "oscpu", "buildID"]);
  watch(globalThis.Screen && Screen.prototype, ["colorDepth", "pixelDepth", "availWidth", "availHeight"]);
})
