/** A certificate with its private key. For tests only: the keys are open to anybody and sign nothing else. */
export interface Certificate {
  cert: string;
  key: string;
}

/** The name that the certificates below are for; valid until the year 2126. */
export const certifiedHost = 'airflow.test';

/** Signed by itself, to be trusted by being handed over as `tls.ca`. */
export const trustedCertificate: Certificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBnTCCAUSgAwIBAgIUKxLGQERqdXk4UvKh6rMkM9cRCRYwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMYWlyZmxvdy50ZXN0MCAXDTI2MTEyNDIyMDEzOFoYDzIxMjYx
MDMxMjIwMTM4WjAXMRUwEwYDVQQDDAxhaXJmbG93LnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQVjqhh40K3yQAWpxvfatf71sXQ8XUHpHPDal9HctnFZabr
yTx1ngGqFjYT9Wm/GsHcaite+thI4y9MFcbu2HLIo2wwajAdBgNVHQ4EFgQUQEU+
vTp3DpaDTPT+ctZeDfN/Uh4wHwYDVR0jBBgwFoAUQEU+vTp3DpaDTPT+ctZeDfN/
Uh4wDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxhaXJmbG93LnRlc3QwCgYI
KoZIzj0EAwIDRwAwRAIgUele90ReDZwXciOrZndakq0vVNVifgMQ8Y42WMSdagoC
IBkBDHO1/NF27CTB0uQD33lYFIDx+0/YXy1TNW7wzHyK
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgEBtU2t/autuhiXL4
XXtBqqMq1yM6TDP1Bg/kpAYR8eehRANCAAQVjqhh40K3yQAWpxvfatf71sXQ8XUH
pHPDal9HctnFZabryTx1ngGqFjYT9Wm/GsHcaite+thI4y9MFcbu2HLI
-----END PRIVATE KEY-----`,
};

/** Signed by itself too, but trusted by nobody. */
export const strangeCertificate: Certificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBrTCCAVSgAwIBAgIUZNxgi0Q76tY49Ok9LN1/gT8d1IswCgYIKoZIzj0EAwIw
HzEdMBsGA1UEAwwUc3RyYW5nZSBhaXJmbG93LnRlc3QwIBcNMjYxMTI0MjIwMTM4
WhgPMjEyNjEwMzEyMjAxMzhaMB8xHTAbBgNVBAMMFHN0cmFuZ2UgYWlyZmxvdy50
ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEyMKFgHAUN2QA/Tkw/Oy0YZlZ
UR3HfprroHz+J5zVCZ9t5KE04nl1wcTHan4GhsSIP1XGauAVZb0447QdxJBvWqNs
MGowHQYDVR0OBBYEFLYjycRYZB19BuTr6gOqMO2CTQCsMB8GA1UdIwQYMBaAFLYj
ycRYZB19BuTr6gOqMO2CTQCsMA8GA1UdEwEB/wQFMAMBAf8wFwYDVR0RBBAwDoIM
YWlyZmxvdy50ZXN0MAoGCCqGSM49BAMCA0cAMEQCIDLnzB/Dahqea7F2q+hXXd6y
XsRgrWCKyDYRxu0Loh1EAiBE0tXqa4OWDZIZAh+Awl/syo+WliYgQYuPv5rNouFT
Tg==
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWs+VB1DLFz5sOuHe
Ae/vSAxCvPKDAcgAqTZ3epZAzJOhRANCAATIwoWAcBQ3ZAD9OTD87LRhmVlRHcd+
muugfP4nnNUJn23koTTieXXBxMdqfgaGxIg/VcZq4BVlvTjjtB3EkG9a
-----END PRIVATE KEY-----`,
};
