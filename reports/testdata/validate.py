# Judges reports by what their makers publish: FORMAT FILE … in pairs. A line for each thing wrong; exits 0 when all was looked at.
import json
import sys


def ocsf(doc):
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


def asff(doc):
    import botocore.session
    from botocore.validate import ParamValidator

    shape = botocore.session.get_session().get_service_model("securityhub").operation_model("BatchImportFindings").input_shape
    for i in range(0, len(doc), 100):  # as many as one call takes
        report = ParamValidator().validate({"Findings": doc[i : i + 100]}, shape)
        if report.has_errors():
            yield report.generate_report()[:1000]


def oscal(doc):
    from pydantic import ValidationError
    from trestle.oscal.assessment_results import Model

    try:
        Model.parse_obj(doc)
    except (ValidationError, ValueError) as e:
        yield str(e)[:2000]


def openapi(doc):
    from openapi_spec_validator import OpenAPIV31SpecValidator
    from referencing.exceptions import Unresolvable

    try:
        yield from openapi_errors(OpenAPIV31SpecValidator(doc))
    except Unresolvable as e:
        yield f"{e.ref}: leads nowhere"


def openapi_errors(validator):
    for e in validator.iter_errors():
        yield f"{'/'.join(map(str, getattr(e, 'absolute_path', [])))}: {str(getattr(e, 'message', e))[:200]}"


args = sys.argv[1:]
for form, name in zip(args[::2], args[1::2]):
    with open(name, encoding="utf-8") as f:
        doc = json.load(f)
    for wrong in {"ocsf": ocsf, "asff": asff, "oscal": oscal, "openapi": openapi}[form](doc):
        print(f"{form} {name}: {' '.join(wrong.split())}")
    print(f"{form} {name}: judged")
