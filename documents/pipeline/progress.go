package pipeline

import "ris/documents"

// step tells people how far the work is. A step of a page says that the page begins: those before it are done.
func (w *work) step(name string) {
	if w.in.Progress == nil {
		return
	}
	switch name {
	case "open", "rewrite", "repair":
		w.begun = 0
		w.in.Progress(documents.StepPrepare, 0, 0)
	case "raster":
		w.page(documents.StepPrepare)
	case "proof":
		w.page(documents.StepProof)
	case "text":
		if w.begun >= w.pages { // the proof is over
			w.begun = w.last
		}
		w.page(documents.StepText)
	}
}

func (w *work) page(s documents.Step) {
	w.in.Progress(s, min(w.begun, w.pages), w.pages)
	w.begun++
}
