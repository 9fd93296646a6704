// Package demo starts the whole product on one machine for trying it out: an invented town with real PDFs, the embedded
// engines, and the OpenID provider ris-idp as a second process on loopback. The data folder keeps everything, the provider's
// issuer too, so the same persons are known after a restart at another address; it can be thrown away.
//
// What does not belong here: anything that production needs. Start reading at demo.go; the town's data is in town/.
package demo
