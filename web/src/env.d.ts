/** Folder of the PDF.js parts on this host, without a slash at the end. Set by build/pdfjs_assets.ts. */
declare const __PDFJS__: string;
