"use client";

/** The part of the Barcode Detection API that is used here; browsers without it read no codes. */
type Detector = { detect(from: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]> };
declare global {
  interface Window {
    BarcodeDetector?: {
      new (options: { formats: readonly string[] }): Detector;
      getSupportedFormats(): Promise<readonly string[]>;
    };
  }
}

/** How often the picture is looked at (milliseconds). */
const LOOK_MS = 150;

/** Whether this browser has a camera for pages and can read QR codes in its picture. */
export async function canScan(): Promise<boolean> {
  if (!("mediaDevices" in navigator) || window.BarcodeDetector === undefined) return false;
  const formats = await window.BarcodeDetector.getSupportedFormats().catch((): readonly string[] => []);
  return formats.includes("qr_code");
}

/**
 * Shows the camera in `video` and gives the first text in its picture that `isCode`; of others `onOther` hears. The
 * camera is off when this settles, and at once when the signal aborts.
 */
export async function scan(
  video: HTMLVideoElement,
  isCode: (text: string) => boolean,
  onOther: () => void,
  signal: AbortSignal,
): Promise<string> {
  if (window.BarcodeDetector === undefined) throw new Error("this browser reads no codes");
  const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    video.srcObject = stream;
    await video.play();
    for (;;) {
      const found = await detector.detect(video);
      signal.throwIfAborted();
      const code = found.find(({ rawValue }) => isCode(rawValue));
      if (code !== undefined) return code.rawValue;
      if (found.length > 0) onOther();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    stop();
    video.srcObject = null;
  }
}
