"""Why a relay could not be reached over TLS, in words: whose certificates are trusted is httpx's and OpenSSL's affair.

Those are the authorities that httpx brings, or the ones in the file that SSL_CERT_FILE names, for a relay with a
certificate of one's own.
"""

import ssl

from therapy_tui import errors

REASONS = {
    9: "it is not valid yet, or this machine's clock is wrong",
    10: "it has expired, or this machine's clock is wrong",
    18: "nobody whom this machine trusts vouches for it",
    19: "nobody whom this machine trusts vouches for it",
    20: "nobody whom this machine trusts vouches for it",
    21: "nobody whom this machine trusts vouches for it",
    62: "it belongs to another name",
    64: "it belongs to another address",
}
"""By OpenSSL's number of a refusal (X509_V_ERR in x509_vfy.h)."""
NO_FILE = "SSL_CERT_FILE names a file of certificates that cannot be read."
NO_TLS = "What answers there does not speak TLS as a relay does."


def unreachable(error: BaseException) -> errors.Unreachable:
    """Say why there is no line, as far as TLS tells it; nothing was sent to a relay whose certificate was refused."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = REASONS.get(cause.verify_code, "it is not as it should be")
            return errors.Unreachable(f"The relay's certificate was refused: {reason}. Nothing was sent to it.")
        if isinstance(cause, ssl.SSLError):
            return errors.Unreachable(NO_TLS)
        cause = cause.__cause__ or cause.__context__
    return errors.Unreachable()
