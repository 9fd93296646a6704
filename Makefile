# The two commands of the README are `make demo` and `make test`; the long targets it lists stand at the end.
GO      ?= go
.DEFAULT_GOAL := build
.PHONY: build web demo test test-go test-web test-e2e bench test-meili test-s3 test-documents test-race test-long check-vulnerabilities test-access access-table clean

WEB_SOURCES := $(shell find web/src web/public web/locales web/*.html web/*.ts web/*.json -type f 2>/dev/null)

build: bin/ris bin/ris-idp

# The web app is embedded, so the binary follows it. Go's own cache decides what is compiled.
.PHONY: bin/ris bin/ris-idp
bin/ris: web/dist/.built
	$(GO) build -o $@ ./cmd/ris
bin/ris-idp:
	cd auth/idp && $(GO) build -o ../../bin/ris-idp .

web: web/dist/.built
web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	cd web && npm run build
	@touch $@
web/node_modules/.installed: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

demo:
	.ci/install demo
	$(MAKE) build
	exec bin/ris demo

test:
	.ci/install test
	$(MAKE) build
	$(MAKE) test-web
	$(MAKE) test-go
	$(MAKE) test-e2e

test-web: web/node_modules/.installed
	cd web && npm run check && npm run lint && npm test
	cd web && npm run -w build/api-types generate -- --check

# What has goroutines of its own runs with the race detector. What draws, reads and compares hundreds of pages in one, or repeats one act on
# two databases, runs without: it is five times slower. make test-race takes everything.
UNRACED := /documents/(compare|convert|documentsbench|pdf|pipeline)$$|/app/(annotations|audit/journal|meetings|packets|publication|store|server/api|demo/pdfgen)$$|/app/apptest/
test-go: bin/ris auth/sso/panva/node_modules/.installed
	$(GO) vet ./...
	RIS_TEST_CHILD=$(CURDIR)/bin/ris $(GO) test -timeout 20m $$($(GO) list ./... | grep -E '$(UNRACED)')
	RIS_TEST_CHILD=$(CURDIR)/bin/ris $(GO) test -race -timeout 20m $$($(GO) list ./... | grep -vE '$(UNRACED)')
	cd auth/idp && $(GO) vet ./... && $(GO) test ./...

# Long target: ten million random decisions about who may see what (a hundred thousand more on each database), two thousand marked words
# past every route, the portal's own process, the seeded town as everybody in it on PostgreSQL (with Meilisearch where RIS_TEST_MEILI_URL
# names a server that may be emptied), the log's writer killed 200 times, holes planted in a copy of the source, every mutant of the rules.
test-access: bin/ris
	RIS_LONG=1 RIS_TEST_CHILD=$(CURDIR)/bin/ris $(GO) test -count=1 -timeout 60m -v ./app/apptest/crawl
	RIS_LONG=1 $(GO) test -count=1 -timeout 20m -v -run TestWhatEverybodyGetsInProduction ./app/apptest/oracle
	RIS_LONG=1 $(GO) test -count=1 -timeout 20m -v -run TestTheWriterIsKilled ./app/audit/journal
	$(GO) run ./app/apptest/holes
	RIS_DECISIONS=10000000 $(GO) test -count=1 -timeout 20m -v -run 'TestTheRules|TestTheTable' ./app/apptest/proof ./app/apptest/proof/matrix ./app/apptest/proof/table
	RIS_DECISIONS=1000000 $(GO) test -count=1 -timeout 60m -v -run 'TestTheDatabases|TestAnyOrder' ./app/apptest/proof/databases
	$(GO) run ./app/apptest/mutants

# The table of who may do what, for the clerk to sign; a test keeps the committed one true.
access-table:
	$(GO) run ./app/apptest/proof/table > .docs/zugriffstabelle.md
	@echo "Written: .docs/zugriffstabelle.md"

# The second provider of the sign-in's script (Node), for tests alone.
auth/sso/panva/node_modules/.installed: auth/sso/panva/package.json auth/sso/panva/package-lock.json
	cd auth/sso/panva && npm ci --no-audit --no-fund
	@touch $@

# The whole way in a real browser against a demo of its own.
test-e2e: build
	cd web && node test/chromium/run.mjs

bench: build
	$(GO) run ./app/apptest/bench

# Long target: the engines' suite against a real Meilisearch (RIS_TEST_MEILI_URL, RIS_TEST_MEILI_KEY).
test-meili:
	@test -n "$$RIS_TEST_MEILI_URL" || { echo "Set RIS_TEST_MEILI_URL and RIS_TEST_MEILI_KEY to a Meilisearch server that may be emptied."; exit 1; }
	$(GO) test -count=1 ./search/meili/...

# Long target: the S3 backend's suite against versitygw, which is installed into a cache outside of the project.
VERSITYGW_VERSION := v1.8.0
TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/ris/tools
test-s3:
	@test -x "$(TOOLS)/versitygw" || { echo "Installing versitygw $(VERSITYGW_VERSION) (some minutes, once) ..."; \
		GOBIN="$(TOOLS)" $(GO) install github.com/versity/versitygw/cmd/versitygw@$(VERSITYGW_VERSION); } || \
		{ echo "NOT RUN: versitygw $(VERSITYGW_VERSION) cannot be had, so the S3 backend was NOT tested."; exit 1; }
	RIS_TEST_VERSITYGW="$(TOOLS)/versitygw" $(GO) test -count=1 ./documents/blob/...

# Long target: the script of the sign-in against a real Keycloak from Maven, which is kept outside of the project. Without the artifact or a fitting
# Java it says so and fails nothing; STRICT=1 makes that an error.
KEYCLOAK_VERSION := 26.4.0
KEYCLOAK := $(TOOLS)/keycloak-$(KEYCLOAK_VERSION)
NOT_RUN = { echo "NOT RUN: $(1); Keycloak was NOT tested."; exit $(if $(STRICT),1,0); }
test-keycloak:
	@command -v java >/dev/null || $(call NOT_RUN,there is no Java (17 or later)); \
	java -version 2>&1 | grep -Eq 'version "(1[7-9]|2[0-9])' || $(call NOT_RUN,this Java does not fit (17 or later)); \
	if [ ! -x "$(KEYCLOAK)/bin/kc.sh" ]; then command -v mvn >/dev/null && command -v unzip >/dev/null || $(call NOT_RUN,mvn or unzip is missing); \
		echo "Fetching Keycloak $(KEYCLOAK_VERSION) (150 MB, once) ..."; \
		mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -Dartifact=org.keycloak:keycloak-quarkus-dist:$(KEYCLOAK_VERSION):zip -DoutputDirectory="$(TOOLS)" && \
		unzip -q -o "$(TOOLS)/keycloak-quarkus-dist-$(KEYCLOAK_VERSION).zip" -d "$(TOOLS)" || $(call NOT_RUN,the artifact cannot be had); fi; \
	RIS_TEST_KEYCLOAK="$(KEYCLOAK)" $(GO) test -count=1 -timeout 10m -v -run TestScriptWithKeycloak ./app/server

# Long target: the product killed at 200 random moments of ingest, large uploads cut a hundred times, and a minute of fuzzing.
test-documents: bin/ris
	RIS_KILLS=200 RIS_LONG=1 RIS_TEST_CHILD=$(CURDIR)/bin/ris $(GO) test -count=1 -timeout 60m -v ./app/apptest/ingest
	RIS_LONG=1 $(GO) test -count=1 -timeout 60m -run 'TestMergeOfTheCorpus|TestRenditionsOfTheCorpus' ./documents/pdf
	RIS_LONG=1 $(GO) test -count=1 -timeout 60m -v -run 'TestCorpus|TestCodesAreReadFromPictures' ./documents/pipeline
	$(GO) test -run xxx -fuzz FuzzTus -fuzztime 1m -fuzzminimizetime 200x ./documents/upload
	$(GO) test -run xxx -fuzz FuzzScanContent -fuzztime 1m -fuzzminimizetime 200x ./documents/pdf
	$(GO) test -run xxx -fuzz FuzzFindSlots -fuzztime 1m -fuzzminimizetime 200x ./documents/pdf
	$(GO) test -run xxx -fuzz FuzzSlot -fuzztime 1m -fuzzminimizetime 200x ./documents/copies

# Long target: everything with the race detector.
test-race: bin/ris
	RIS_TEST_CHILD=$(CURDIR)/bin/ris $(GO) test -race -timeout 60m ./...
	cd auth/idp && $(GO) test -race ./...

# Known vulnerabilities in what is linked, on a local database folder (RIS_VULNDB); says loudly when that is missing.
check-vulnerabilities:
	GO="$(GO)" .ci/check-vulnerabilities

# Long target: reads at 40,000 papers on both databases, and what row-level security costs there; a table of 10,000 persons (about 90 s), a log of 200,000 lines.
test-long:
	RIS_LONG=1 $(GO) test -count=1 -timeout 30m -run 40000 ./app/store
	RIS_LONG=1 $(GO) test -count=1 -timeout 10m -v -run TenThousand ./app/provisioning
	RIS_LONG=1 $(GO) test -count=1 -timeout 15m -v -run 200000Lines ./app/audit/journal

clean:
	rm -rf bin web/dist/* web/node_modules bench.json
