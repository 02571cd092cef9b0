"""Signs requests with botocore, another implementation of Signature Version 4, and prints them as JSON."""
import datetime, hashlib, json
from urllib.parse import quote
import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

NOW = datetime.datetime(2026, 12, 1, 9, 0, 0, tzinfo=datetime.timezone.utc)
botocore.auth.get_current_datetime = lambda *a, **k: NOW.replace(tzinfo=None) if k.get("remove_tzinfo", True) else NOW
KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
EMPTY = hashlib.sha256(b"").hexdigest()
BODY = hashlib.sha256(b"Hello").hexdigest()

rows = []
for name, host, path, region, token in [
    ("a key in a folder", "acme-social.s3.eu-central-1.amazonaws.com", "/tmp/0123abcd-9f.jpg", "eu-central-1", None),
    ("temporary credentials", "acme-social.s3.eu-central-1.amazonaws.com", "/a.jpg", "eu-central-1", "IQoJb3JpZ2lu/+=="),
    ("blanks, umlauts and signs", "acme-social.s3.us-east-1.amazonaws.com", "/" + quote("tmp/ä b+c=d~e(1).jpg", safe="/~"), "us-east-1", None),
    ("an endpoint with a port", "localhost:9000", "/bucket/a.jpg", "us-east-1", None),
]:
    keys = Credentials(KEY, SECRET, token)
    for method, payload, more in [("PUT", BODY, {"content-type": "image/jpeg"}), ("DELETE", EMPTY, {})]:
        request = AWSRequest(method=method, url=f"https://{host}{path}", headers=dict(more))
        request.headers["X-Amz-Content-SHA256"] = payload
        request.context["payload_signing_enabled"] = True
        signer = botocore.auth.S3SigV4Auth(keys, "s3", region)
        signer.payload = lambda request, payload=payload: payload
        signer.add_auth(request)
        rows.append({"name": f"{name}: {method}", "method": method, "host": host, "path": path, "region": region,
                     "token": token, "payload": payload, "headers": more,
                     "authorization": request.headers["Authorization"]})
    request = AWSRequest(method="GET", url=f"https://{host}{path}")
    botocore.auth.S3SigV4QueryAuth(keys, "s3", region, expires=172800).add_auth(request)
    rows.append({"name": f"{name}: address", "method": "GET", "host": host, "path": path, "region": region,
                 "token": token, "query": sorted(request.url.split("?")[1].split("&"))})
print(json.dumps({"origin": "make.py with botocore 1.43.11", "accessKeyID": KEY, "secretAccessKey": SECRET,
                  "now": NOW.strftime("%Y-%m-%dT%H:%M:%SZ"), "rows": rows}, indent=1, ensure_ascii=False))
