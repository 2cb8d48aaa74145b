# Judges reports by what their makers publish: KIND FILE … in pairs. A line for each thing wrong; exits 0 when all was looked at.
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = sys.prefix  # where the Makefile put what judges


def read(name):
    with open(name, encoding="utf-8", newline="") as f:
        return f.read()


def ocsf(name):
    doc = json.loads(read(name))
    from jsonschema import Draft202012Validator
    from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

    schema, known = OcsfJsonSchemaEmbedded(get_ocsf_schema("1.5.0")), {}
    for i, event in enumerate(doc):
        profiles = event["metadata"].get("profiles", [])
        key = (event["class_uid"], *profiles)
        if key not in known:
            known[key] = Draft202012Validator(schema.get_class_schema(schema.lookup_class_name_from_uid(key[0]), profiles))
        for e in known[key].iter_errors(event):
            yield f"event {i}: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"


def asff(name):
    doc = json.loads(read(name))
    import botocore.session
    from botocore.validate import ParamValidator

    shape = botocore.session.get_session().get_service_model("securityhub").operation_model("BatchImportFindings").input_shape
    for i in range(0, len(doc), 100):  # as many as one call takes
        report = ParamValidator().validate({"Findings": doc[i : i + 100]}, shape)
        if report.has_errors():
            yield report.generate_report()[:1000]


def oscal(name):
    from pydantic import ValidationError
    from trestle.oscal.assessment_results import Model

    try:
        Model.parse_obj(json.loads(read(name)))
    except (ValidationError, ValueError) as e:
        yield str(e)[:2000]


def openapi(name):
    from openapi_spec_validator import OpenAPIV31SpecValidator
    from referencing.exceptions import Unresolvable

    try:
        yield from openapi_errors(OpenAPIV31SpecValidator(json.loads(read(name))))
    except Unresolvable as e:
        yield f"{e.ref}: leads nowhere"


def openapi_errors(validator):
    for e in validator.iter_errors():
        yield f"{'/'.join(map(str, getattr(e, 'absolute_path', [])))}: {str(getattr(e, 'message', e))[:200]}"


# The schema of Jenkins' xunit plugin, with file and line of a case besides, which GitLab reads. Then a parser of those that CI systems
# use counts again.
def junit(name):
    from junitparser import JUnitXml
    from lxml import etree

    xsd = etree.parse(os.path.join(HERE, "junit-10.xsd"))
    ns = {"xs": "http://www.w3.org/2001/XMLSchema"}
    case = xsd.find("xs:element[@name='testcase']/xs:complexType", ns)
    for extra in ("file", "line"):
        etree.SubElement(case, "{%(xs)s}attribute" % ns, name=extra, type="xs:string")
    schema = etree.XMLSchema(xsd)
    if not schema.validate(etree.parse(name)):
        for e in list(schema.error_log)[:20]:
            yield f"line {e.line}: {e.message}"
        return
    for suite in JUnitXml.fromfile(name):
        said = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        if said != (suite.tests, suite.failures, suite.errors, suite.skipped):
            yield f"suite {suite.name} says {said}"


# The types of Code Climate's specification, which GitLab takes a part of: TypeScript says what they do not allow, of all reports at once.
def codequality(*names):
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(HERE, "node_modules"), os.path.join(folder, "node_modules"))
        for i, name in enumerate(names):
            with open(os.path.join(folder, f"{i}.ts"), "w", encoding="utf-8") as f:
                f.write('import type { Issue } from "codeclimate-types"\nexport const report: Issue[] = ' + json.dumps(json.loads(read(name))) + "\n")
        with open(os.path.join(folder, "tsconfig.json"), "w", encoding="utf-8") as f:
            json.dump({"compilerOptions": {"noEmit": True, "strict": True, "lib": ["es2020"], "types": []}, "include": ["*.ts"]}, f)
        run = subprocess.run(["node", os.path.join(HERE, "node_modules", "typescript", "bin", "tsc")], cwd=folder, capture_output=True, text=True)
        for line in filter(None, (run.stdout + run.stderr).splitlines()):
            at = re.match(r"(\d+)\.ts\(", line)
            yield names[int(at[1])] if at else names[0], line[:1000]


# GitHub's own renderer of Markdown, and what hosts make of the text afterwards: no address that is not ours, no picture, no HTML, nobody
# mentioned and no issue referred to.
def markdown(name):
    import cmarkgfm
    from cmarkgfm.cmark import Options
    from lxml import html

    text = read(name)
    page = html.fromstring("<div>" + cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE) + "</div>")
    for e in page.iter():
        if e.tag is html.etree.Comment:
            if e.text.strip() != "probity:report":
                yield f"a comment: {e.text[:100]}"
        elif e.tag not in {"div", "p", "h1", "h2", "h3", "ul", "ol", "li", "strong", "em", "code", "br", "blockquote", "table", "thead", "tbody", "tr", "th", "td"}:
            if e.tag != "a" or not e.get("href", "").startswith(("https://github.com/probity-scan/", "https://probity.example/")):
                yield f"<{e.tag}> {dict(e.attrib)}"
    for e in page.xpath("//text()[not(ancestor::code)]"):
        if found := re.search(r"(?:^|\W)@\w|#\d|\bgh-\d|[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]", e, re.IGNORECASE):
            yield f"acts: {e[max(0, found.start() - 20):found.end() + 20]!r}"


# Slack's own library, which refuses what is longer than Slack takes; and no text in which a name could be a mark.
def slack(name):
    from slack_sdk.models.blocks import Block

    doc = json.loads(read(name))
    if len(doc["blocks"]) > 50:
        yield f"{len(doc['blocks'])} blocks"
    for given, block in zip(doc["blocks"], Block.parse_all(doc["blocks"])):
        if type(block) is Block:
            yield f"no kind of block: {given}"
            continue
        try:
            block.validate_json()
            for part in [getattr(block, "text", None), *getattr(block, "elements", [])]:
                if part is not None:
                    part.validate_json()
        except Exception as e:  # of several kinds
            yield str(e)
        for part in [given.get("text"), *given.get("elements", [])]:
            if part and part["type"] == "mrkdwn" and not (part.get("verbatim") and re.fullmatch(r"<https://probity\.example/[^|<>]*\|[^|<>]*>[^<>]*", part["text"])):
                yield f"marks: {part['text'][:200]}"


# The library of Adaptive Cards by their makers, as the version that the card says it is of.
def teams(name):
    doc = json.loads(read(name))
    for a in doc["attachments"]:
        script = """const AC = require(process.argv[1]), card = new AC.AdaptiveCard(), of = JSON.parse(require("fs").readFileSync(0, "utf8")), [major, minor] = of.version.split(".").map(Number), to = new AC.SerializationContext(new AC.Version(major, minor));
card.parse(of, to);
for (let i = 0; i < to.eventCount; i++) console.log(to.getEventAt(i).message);
for (const e of card.validateProperties().validationEvents) console.log(e.message);"""
        run = subprocess.run(["node", "-e", script, os.path.join(HERE, "node_modules", "adaptivecards", "dist", "adaptivecards.js")], input=json.dumps(a["content"]), capture_output=True, text=True)
        if run.returncode or run.stdout:
            yield run.stdout[:1000] or run.stderr[:1000]


def one(judge):
    return lambda *names: ((name, wrong) for name in names for wrong in judge(name))


kinds = {f.__name__: one(f) for f in (ocsf, asff, oscal, openapi, junit, markdown, slack, teams)} | {"codequality": codequality}
args = sys.argv[1:]
for form in sorted(set(args[::2])):
    names = [name for of, name in zip(args[::2], args[1::2]) if of == form]
    for name, wrong in kinds[form](*names):
        print(f"{form} {name}: {' '.join(str(wrong).split())}")
    for name in names:
        print(f"{form} {name}: judged")
