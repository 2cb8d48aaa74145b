"""Has every client of boto3 ask the emulator: Prowler gives STS an address of AWS, and S3 Control puts a name before the host."""

import os

import boto3.session
from botocore.config import Config

ask = boto3.session.Session.client


def client(self, service_name, *args, **kwargs):
    kwargs["endpoint_url"] = os.environ["AWS_ENDPOINT_URL"]
    own = Config(inject_host_prefix=False, s3={"addressing_style": "path"})
    kwargs["config"] = kwargs["config"].merge(own) if kwargs.get("config") else own
    return ask(self, service_name, *args, **kwargs)


boto3.session.Session.client = client
