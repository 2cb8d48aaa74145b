package terraform_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform"
	"github.com/probity-scan/probity/scanners/scannertest"
)

const volume = "resource \"aws_ebs_volume\" \"v\" {\n encrypted = local.x\n}\n"

// A stranger's tree costs bounded time and memory, so that the scan ends, and is told about in one line.
func TestHostile(t *testing.T) {
	doubling := func(step string) string {
		var b strings.Builder
		b.WriteString("locals {\n x0 = \"aaaaaaaaaa\"\n")
		for i := 1; i < 60; i++ {
			b.WriteString(" x" + strconv.Itoa(i) + " = " + strings.ReplaceAll(step, "$", "local.x"+strconv.Itoa(i-1)) + "\n")
		}
		return b.String() + " x = jsonencode(local.x59)\n}\n" + volume
	}
	local := func(expr string) string { return "locals {\n x = " + expr + "\n}\n" + volume }
	long := strings.Repeat
	for name, c := range map[string]struct {
		text string
		want probity.Reason
	}{
		"brackets":       {local(long("[", 200_000)), probity.Unreadable},
		"not":            {local(long("!", 300_000) + "true"), probity.Unreadable},
		"sum":            {local(long("1+", 300_000) + "1"), probity.Unreadable},
		"conditions":     {local(long("true ? 1 : ", 15_000) + "1"), probity.Unresolved},
		"doubled text":   {doubling(`"${$}${$}"`), probity.Unresolved},
		"doubled list":   {doubling(`[$, $]`), probity.Unresolved},
		"loops":          {local("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]"), probity.Unresolved},
		"template loops": {local(`"%{for a in range(1000)}%{for b in range(1000)}%{for c in range(1000)}x%{endfor}%{endfor}%{endfor}"`), probity.Unresolved},
		"wide format":    {local(`format("%99999999s", "x")`), probity.Unresolved},
		"format of all":  {local(`format("%*s", 1000000000, "x")`), probity.Unresolved},
		"long separator": {local(`join(join("", [for i in range(10000) : "0123456789"]), range(90000))`), probity.Unresolved},
		"joined loops":   {local(`[for i in range(90000) : join(",", range(90000))]`), probity.Unresolved},
		"replacements":   {local(`replace(join("", range(90000)), "", join("", range(90000)))`), probity.Unresolved},
		"long range":     {local("range(1000000000)"), probity.Unresolved},
		"products":       {local("setproduct(range(1000), range(1000), range(1000), range(1000))"), probity.Unresolved},
		"objects":        {local(`{ for a in range(90000) : "k${a}" => { for b in range(90000) : "k${b}" => a } }`), probity.Unresolved},
		"nested objects": {local(long("{a=", 10_000) + "1" + long("}", 10_000)), probity.Unreadable},
		"nested texts":   {local(long(`"${`, 10_000) + "1" + long(`}"`, 10_000)), probity.Unreadable},
		"nested blocks":  {"resource \"aws_ebs_volume\" \"v\" {\n" + long("a {\n", 10_000) + long("}\n", 10_000) + "}\n", probity.Unreadable},
		"dynamic blocks": {"resource \"aws_launch_template\" \"v\" {\n dynamic \"block_device_mappings\" {\n for_each = range(1000000000)\n content {}\n }\n}\n", probity.Unresolved},
		"a circle":       {"locals {\n x = local.y\n y = [local.z]\n z = \"${local.x[0]}\"\n}\n" + volume, probity.Unresolved},
		"long number":    {local("tostring(1e99999999)"), probity.Unresolved},
		"long product":   {local("tostring(" + long("1e4000 * ", 200) + "1)"), probity.Unresolved},
		"quoted quotes":  {local(long("jsonencode(", 100) + `"\""` + long(")", 100)), probity.Unresolved},
		"itself":         {local("local.x"), probity.Unresolved},
		"count":          {"resource \"aws_ebs_volume\" \"v\" {\n count = 1000000000\n}\n", probity.Unresolved},
		"each itself":    {"resource \"aws_ebs_volume\" \"v\" {\n for_each = aws_ebs_volume.v\n}\n", probity.Unresolved},
		"not UTF-8":      {"# \xff\xfe\n", probity.Unreadable},
		"not Terraform":  {"<html>", probity.Unreadable},
		"module itself":  {"module \"m\" {\n source = \"./\"\n}\n" + volume, probity.Unresolved},
		"outside":        {"module \"m\" {\n source = \"../../etc\"\n}\n" + local(`file("../../etc/passwd")`), probity.Unresolved},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, dir, "main.tf", c.text)
			scannertest.Loss(t, terraform.New(), probity.Unit{Scanner: terraform.Directory, Target: dir}, c.want)
		})
	}
}

func TestHostileJSON(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "a.tf.json", `{"locals":{"x":"${[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]}"},
		"resource":{"aws_ebs_volume":{"v":{"encrypted":"${local.x}"}}}}`)
	write(t, dir, "b.tf.json", strings.Repeat(`{"a":`, 5000))
	scannertest.Loss(t, terraform.New(), probity.Unit{Scanner: terraform.Directory, Target: dir}, probity.Unreadable, probity.Unresolved)
}

// A symlink out of the tree is not followed; one in a circle does no harm.
func TestSymlinks(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Log("needs symlinks")
		return
	}
	out, dir := t.TempDir(), t.TempDir()
	write(t, out, "secret.tf", "resource \"aws_kms_key\" \"stolen\" {}\n")
	write(t, dir, "ok.tf", "resource \"aws_kms_key\" \"ok\" {}\n")
	for name, to := range map[string]string{"link.tf": filepath.Join(out, "secret.tf"), "loop": "."} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range scannertest.Loss(t, terraform.New(), probity.Unit{Scanner: terraform.Directory, Target: dir}, probity.Unreadable) {
		if a, ok := f.(probity.Asset); ok && a.ID != "aws_kms_key.ok" {
			t.Errorf("got %s, want nothing from outside", a.ID)
		}
	}
}

// Modules that call each other are followed once.
func TestModulesInACircle(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "main.tf", "module \"a\" {\n source = \"./a\"\n}\n")
	write(t, dir, "a/main.tf", "module \"b\" {\n source = \"../b\"\n count = 3\n}\n")
	write(t, dir, "b/main.tf", "module \"a\" {\n source = \"../a\"\n}\nresource \"aws_kms_key\" \"k\" {}\n")
	keys := 0
	for _, f := range scannertest.Loss(t, terraform.New(), probity.Unit{Scanner: terraform.Directory, Target: dir}, probity.Unresolved) {
		if a, ok := f.(probity.Asset); ok && strings.HasPrefix(a.ID, "module.a.module.b[") {
			keys++
		}
	}
	if keys != 3 {
		t.Errorf("got %d keys, want 3", keys)
	}
}

// A file may be long: what stands at its end is found, at its line.
func TestLongFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "main.tf", "locals {\n"+strings.Repeat("# a line\n", 50_000)+" x = [\n"+strings.Repeat("  1,\n", 50_000)+" ]\n}\nresource \"aws_kms_key\" \"k\" {}\n")
	found := false
	for f, err := range terraform.New().Scan(t.Context(), probity.Unit{Scanner: terraform.Directory, Target: dir}) {
		if err != nil {
			t.Fatal(err)
		}
		a, ok := f.(probity.Asset)
		found = found || ok && a.ID == "aws_kms_key.k" && a.Origin.Line == 100_005
	}
	if !found {
		t.Error("got no key at line 100005")
	}
}

// Values in a plan that are many or deep cost bounded time and memory, and what stands before them is judged.
func TestHostilePlan(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		value string
		want  []probity.Reason
	}{
		"many":     {`[` + strings.Repeat(`{"a":[0]},`, 1_000_000) + `0]`, []probity.Reason{probity.Unreadable}},
		"many too": {`[` + strings.Repeat(`[0],`, 1_000_000) + `0]`, nil},
		"deep":     {strings.Repeat(`{"a":[`, 4_000) + `0` + strings.Repeat(`]}`, 4_000), nil},
		"deeper":   {strings.Repeat(`{"a":[`, 400_000) + `0` + strings.Repeat(`]}`, 400_000), []probity.Reason{probity.Unreadable}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			head, tail, _ := strings.Cut(tinyPlan, `{"address"`)
			other := `{"address":"aws_ebs_volume.w","mode":"managed","type":"aws_ebs_volume","name":"w","change":{"actions":["create"],"after":{"tags":` + c.value + `},"after_unknown":{}}},`
			write(t, dir, "plan.json", head+`{"address"`+strings.Replace(tail, "\n]", ",\n"+strings.TrimSuffix(other, ",")+"]", 1))
			found := false
			for _, f := range scannertest.Loss(t, terraform.New(), probity.Unit{Scanner: terraform.PlanFile, Target: dir, Part: "plan.json"}, c.want...) {
				a, ok := f.(probity.Asset)
				found = found || ok && a.ID == "aws_ebs_volume.v"
			}
			if !found {
				t.Error("got no volume, want the one before it")
			}
		})
	}
}

// spent is a context that is cancelled after it was asked so often, and counts how often it is asked after that.
type spent struct {
	context.Context
	left atomic.Int64
}

// Err implements [context.Context].
func (s *spent) Err() error {
	if s.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// Ctrl-C must not wait for a long evaluation.
func TestCancelled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "main.tf", "locals {\n x = [for a in range(1000) : [for b in range(1000) : sha512(\"${a}${b}\")]]\n}\n"+volume)
	ctx := &spent{Context: t.Context()}
	ctx.left.Store(1000)
	var last error
	for _, err := range terraform.New().Scan(ctx, probity.Unit{Scanner: terraform.Directory, Target: dir}) {
		last = err
	}
	if after := -ctx.left.Load(); !errors.Is(last, context.Canceled) || after > 1000 {
		t.Errorf("got %v, asked %d times more; want the context's error soon", last, after)
	}
}

func TestMissingTarget(t *testing.T) {
	t.Parallel()
	for _, u := range []probity.Unit{
		{Scanner: terraform.Directory, Target: filepath.Join(t.TempDir(), "gone")},
		{Scanner: terraform.PlanFile, Target: t.TempDir(), Part: "gone.json"},
		{Scanner: terraform.Directory, Target: t.TempDir(), Part: "gone"},
	} {
		for f, err := range terraform.New().Scan(t.Context(), u) {
			if err == nil {
				t.Errorf("got %v, want an error", f)
			}
		}
	}
}

// A directory scanned within a repository finds modules beside it, and names files from the repository's top.
func TestBase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "infra/prod/main.tf", "module \"m\" {\n source = \"../modules/m\"\n}\n")
	write(t, dir, "infra/modules/m/main.tf", "resource \"aws_kms_key\" \"k\" {}\n")
	u := probity.Unit{Scanner: terraform.Directory, Target: filepath.Join(dir, "infra", "prod"), Base: "infra/prod"}
	for f, err := range terraform.New().Scan(t.Context(), u) {
		if err != nil {
			t.Fatal(err)
		}
		if a, ok := f.(probity.Asset); ok && (a.Root != "infra/prod" || a.ID != "module.m.aws_kms_key.k" || a.Origin.File != "infra/modules/m/main.tf") {
			t.Errorf("got %v of %s, want module.m.aws_kms_key.k of infra/modules/m/main.tf", a.Ref, a.Origin.File)
		}
		if c, ok := f.(probity.Coverage); ok && c.Gap != nil {
			t.Errorf("got gap %v, want none", c.Gap)
		}
	}
}

// Where the target's path does not show the repository's top, the target stands alone, under its name in the repository.
func TestBaseElsewhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "main.tf", "module \"m\" {\n source = \"./m\"\n}\nmodule \"out\" {\n source = \"../m\"\n}\n")
	write(t, dir, "m/main.tf", "resource \"aws_kms_key\" \"k\" {}\n")
	u := probity.Unit{Scanner: terraform.Directory, Target: dir, Base: "infra/prod"}
	seen := false
	for _, f := range scannertest.Loss(t, terraform.New(), u, probity.Unresolved) {
		a, ok := f.(probity.Asset)
		if ok && (a.Root != "infra/prod" || a.Origin.File != "infra/prod/m/main.tf") {
			t.Errorf("got %v of %s, want the repository's paths", a.Ref, a.Origin.File)
		}
		seen = seen || ok
	}
	if !seen {
		t.Error("got no asset, want the key")
	}
}

func TestIsPlan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"format_version":"1.2","terraform_version":"1.9.5","variables":{`: true, "\n {\n \"format_version\": \"1.0\",\n \"terraform_version\": \"1\"": true,
		`{"format_version":"1.2"}`: false, `[1]`: false, ``: false, `{"name":"terraform_version"}`: false,
	} {
		if got := terraform.IsPlan([]byte(text)); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// No password reaches a fact, an origin or a gap, whatever the source.
func TestSecretsStay(t *testing.T) {
	t.Parallel()
	secret := "hunter" + "2hunter2"
	dir := t.TempDir()
	write(t, dir, "main.tf", "resource \"aws_db_instance\" \"d\" {\n engine = \"mysql\"\n password = \""+secret+"\"\n}\n")
	write(t, dir, "broken.tf", "x = \""+secret+"\n")
	write(t, dir, "plan.json", strings.Replace(tinyPlan, `"encrypted":true`, `"password":"`+secret+`"`, 1))
	for _, u := range []probity.Unit{{Scanner: terraform.Directory, Target: dir}, {Scanner: terraform.PlanFile, Target: dir, Part: "plan.json"}} {
		for f, err := range terraform.New().Scan(t.Context(), u) {
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(text(t, f), secret) {
				t.Error("got the password in what was found")
			}
		}
	}
}
