package tree

import (
	"path"
	"strings"
)

// isState knows Terraform's states and their backups by name.
func isState(low string) bool {
	return strings.HasSuffix(low, ".tfstate") || strings.HasSuffix(low, ".backup") && strings.Contains(low, ".tfstate.")
}

// isDatabasePart knows what SQLite keeps beside a database and reads with it.
func isDatabasePart(name string, beside func(string) bool) bool {
	for _, end := range []string{"-wal", "-shm", "-journal"} {
		if stem, ok := strings.CutSuffix(name, end); ok && beside != nil && beside(stem) {
			return true
		}
	}
	return false
}

// isTool knows hidden folders of tools: data in them makes no folder of data.
func isTool(name string) bool {
	switch name {
	case ".cache", ".circleci", ".config", ".devcontainer", ".github", ".gitlab", ".gradle", ".hg", ".husky", ".idea", ".mvn", ".mypy_cache", ".next", ".nuxt",
		".nyc_output", ".pytest_cache", ".ruff_cache", ".serverless", ".svn", ".tox", ".venv", ".vs", ".vscode", ".yarn":
		return true
	}
	return false
}

// isDotfile knows files of tools by what follows their dot.
func isDotfile(low string) bool {
	switch low {
	case "gitattributes", "gitmodules", "gitkeep", "keep", "mailmap", "editorconfig", "gitconfig", "tool-versions", "python-version", "ruby-version", "nvmrc", "coveragerc":
		return true
	}
	stem := low
	for _, ext := range []string{".json", ".yaml", ".yml", ".toml"} {
		stem = strings.TrimSuffix(stem, ext)
	}
	switch stem {
	case "golangci", "goreleaser", "pre-commit-config", "travis", "gitlab-ci", "codecov", "rubocop", "readthedocs", "markdownlint", "yamllint", "checkov", "tflint", "tfsec", "rustfmt":
		return true
	}
	return strings.HasSuffix(stem, "rc") || strings.HasSuffix(stem, "ignore")
}

// isManifest knows files of tools by their whole names, though they have an extension of data.
func isManifest(low string) bool {
	switch low {
	case "package.json", "package-lock.json", "npm-shrinkwrap.json", "composer.json", "composer.lock", "lerna.json", "nx.json", "turbo.json", "vercel.json",
		"renovate.json", "deno.json", "bower.json", "angular.json", "biome.json", "cdk.json", "cdk.context.json", "firebase.json",
		"launchsettings.json", "openapi.json", "swagger.json", "probity.json",
		"cmakelists.txt", "robots.txt", "humans.txt", "security.txt", "constraints.txt", "requirements.txt", "requirements-dev.txt",
		"readme.txt", "license.txt", "licence.txt", "changelog.txt", "notice.txt", "copying.txt",
		"pyproject.toml", "cargo.toml", "netlify.toml", "setup.cfg", "tox.ini", "pytest.ini", "gradle.properties",
		"mkdocs.yml", "mkdocs.yaml", "docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml", "pnpm-lock.yaml", "pnpm-workspace.yaml", "chart.yaml", "kustomization.yaml", "kustomization.yml", "kustomization",
		"serverless.yml", "openapi.yaml", "openapi.yml", "probity.yaml", "probity.yml", "pom.xml", "androidmanifest.xml", "makefile", "dockerfile", "containerfile",
		"license", "licence", "notice", "authors", "readme", "changelog", "codeowners", "procfile", "gemfile", "rakefile", "jenkinsfile", "vagrantfile", "brewfile",
		"copying", "contributing", "maintainers", "owners", "version":
		return true
	}
	base, ext := strings.TrimSuffix(low, path.Ext(low)), path.Ext(low)
	return ext == ".json" && (base == "tsconfig" || base == "jsconfig" || base == "appsettings" || strings.HasPrefix(base, "tsconfig.") ||
		strings.HasPrefix(base, "jsconfig.") || strings.HasPrefix(base, "appsettings.") || strings.HasSuffix(base, ".schema"))
}

// isCode knows programs and documents about them by their extensions. Formats that may hold data, read or not, are not here.
func isCode(low string) bool {
	switch strings.TrimPrefix(path.Ext(low), ".") {
	case "go", "mod", "sum", "py", "pyi", "pyc", "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte", "java", "kt", "kts", "gradle", "scala", "rb", "erb", "php",
		"c", "h", "cc", "cpp", "hpp", "cs", "fs", "vb", "rs", "swift", "m", "mm", "lua", "pl", "pm", "r", "jl", "ex", "exs", "erl", "hs", "clj", "dart", "zig",
		"sh", "bash", "zsh", "fish", "ps1", "bat", "cmd", "mk", "cmake", "rego", "hcl", "nomad", "nix", "proto", "graphql", "thrift", "tpl", "tmpl", "j2", "txtar",
		"lock", "md", "markdown", "rst", "adoc", "tex", "css", "scss", "less", "svg", "ico", "woff", "woff2", "ttf", "eot",
		"o", "a", "so", "dll", "dylib", "exe", "class", "jar", "wasm", "map":
		return true
	}
	return false
}
