//! Which addresses are asked: of the Web (`https://...`), and of the machines behind them.
//!
//! In: an address as it was given or as a redirect names it, and the IP addresses of its host. Out: the address in its one spelling, and the
//! IP addresses that may be connected to, or a sentence that says why there are none.
//!
//! # Source
//! URL Standard (WHATWG), as the `url` crate reads it. Special-purpose addresses: the IANA registries for IPv4 and IPv6 (RFC 6890) and
//! the address space registry of IPv6; site-local addresses, RFC 3879.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::{HeaderValue, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::Url;

/// The longest address; RFC 9110 (section 4.1) asks for 8,000 at least.
const MAX_BYTES: usize = 8_000;

/// Ports below belong to other services than the Web (RFC 6335, section 6), whose servers might take a request for commands.
const FIRST_USER_PORT: u16 = 1024;

/// An address as it was given.
pub(super) fn parse(address: &str) -> Result<Url, String> {
    checked(Url::parse(address).map_err(|error| format!("{error}; expected an address of the Web"))?)
}

/// Where a redirect leads.
pub(super) fn redirected(from: &Url, location: Option<&HeaderValue>) -> Result<Url, String> {
    let location = location.ok_or("a redirect to nowhere")?;
    let location = std::str::from_utf8(location.as_bytes()).map_err(|_| "a redirect to no address")?;
    let to = from.join(location).map_err(|error| format!("a redirect to no address: {error}"))?;
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err("a redirect from https to http; expected it to stay encrypted".to_owned());
    }
    checked(to).map_err(|why| format!("a redirect to {why}"))
}

/// An address of the Web without its fragment, which no server sees.
fn checked(mut url: Url) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("an address of the scheme {:?}; expected http or https", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("an address with a user name or password; expected one without".to_owned());
    }
    match url.port() {
        None | Some(80 | 443 | FIRST_USER_PORT..) => {}
        Some(port) => {
            return Err(format!("port {port}; expected 80, 443 or one from {FIRST_USER_PORT} on"));
        }
    }
    url.set_fragment(None);
    if url.as_str().len() > MAX_BYTES {
        return Err(format!("an address of more than {MAX_BYTES} bytes"));
    }
    Ok(url)
}

/// Says of an IP address what speaks against connecting to it.
pub(super) type Objection = fn(IpAddr) -> Option<&'static str>;

/// Looks up names, and keeps of what they stand for only what may be connected to. ureq asks it for every request, for IP addresses that stand
/// in place of a name as well, and connects to its answer and nothing else.
#[derive(Debug)]
pub(super) struct Gate {
    pub(super) objection: Objection,
    pub(super) names: DefaultResolver,
}

impl Resolver for Gate {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut open = self.empty();
        let mut refused = None;
        for socket in found.iter() {
            match (self.objection)(socket.ip()) {
                None => open.push(*socket),
                Some(kind) => refused = refused.or(Some(Refused { ip: socket.ip(), kind })),
            }
        }
        match refused {
            Some(refused) if open.is_empty() => Err(ureq::Error::Other(Box::new(refused))),
            _ => Ok(open),
        }
    }
}

/// Why a host is not connected to.
#[derive(Debug)]
struct Refused {
    ip: IpAddr,
    kind: &'static str,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}); expected a public address", self.kind, self.ip)
    }
}

impl std::error::Error for Refused {}

/// Blocks of IPv4 that are not hosts of the public internet: first address, bits that are fixed, what they are.
const SPECIAL: &[([u8; 4], u32, &str)] = &[
    ([0, 0, 0, 0], 32, "unspecified"),
    ([0, 0, 0, 0], 8, "this network"),
    ([10, 0, 0, 0], 8, "private"),
    ([100, 64, 0, 0], 10, "private, shared by customers of a provider"),
    ([127, 0, 0, 0], 8, "loopback"),
    ([169, 254, 0, 0], 16, "link-local"),
    ([172, 16, 0, 0], 12, "private"),
    ([192, 0, 0, 0], 24, "for protocols"),
    ([192, 0, 2, 0], 24, "for documentation"),
    ([192, 88, 99, 0], 24, "a relay of 6to4"),
    ([192, 168, 0, 0], 16, "private"),
    ([198, 18, 0, 0], 15, "for benchmarks"),
    ([198, 51, 100, 0], 24, "for documentation"),
    ([203, 0, 113, 0], 24, "for documentation"),
    ([224, 0, 0, 0], 4, "multicast"),
    ([255, 255, 255, 255], 32, "broadcast"),
    ([240, 0, 0, 0], 4, "reserved"),
];

/// What an IP address is, where it is not a host of the public internet.
pub(super) fn special(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => special_v4(ip),
        IpAddr::V6(ip) => special_v6(ip),
    }
}

fn special_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let is_in = |first: [u8; 4], bits: u32| (ip.to_bits() ^ u32::from_be_bytes(first)) >> (32 - bits) == 0;
    SPECIAL.iter().find(|(first, bits, _)| is_in(*first, *bits)).map(|(_, _, kind)| *kind)
}

/// Only 2000::/3 has hosts, and the ways of writing an IPv4 address as one of IPv6 that routers still know.
fn special_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let v4 = |high: u16, low: u16| special_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Some("unspecified"),
        [0, 0, 0, 0, 0, 0, 0, 1] => Some("loopback"),
        // IPv4-mapped, NAT64, 6to4
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // Teredo among them
        [0x2001, 0..=0x1ff, ..] => Some("for protocols"),
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Some("for documentation"),
        [0x2000..=0x3fff, ..] => None,
        [0xfc00..=0xfdff, ..] => Some("private, unique local"),
        [0xfe80..=0xfebf, ..] => Some("link-local"),
        [0xfec0..=0xfeff, ..] => Some("private, site-local"),
        [0xff00..=0xffff, ..] => Some("multicast"),
        // IPv4-compatible and NAT64 of a network's own among them
        _ => Some("reserved"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_connected_to() {
        for (ip, expected) in [
            ("0.0.0.0", "unspecified"),
            ("0.1.2.3", "this network"),
            ("10.255.255.255", "private"),
            ("100.64.0.1", "private"),
            ("100.127.255.255", "private"),
            ("127.0.0.1", "loopback"),
            ("127.255.255.254", "loopback"),
            ("169.254.169.254", "link-local"),
            ("172.16.0.1", "private"),
            ("172.31.255.255", "private"),
            ("192.0.0.8", "protocols"),
            ("192.0.2.1", "documentation"),
            ("192.88.99.1", "6to4"),
            ("192.168.1.1", "private"),
            ("198.18.0.1", "benchmarks"),
            ("198.19.255.255", "benchmarks"),
            ("198.51.100.7", "documentation"),
            ("203.0.113.7", "documentation"),
            ("224.0.0.1", "multicast"),
            ("240.0.0.1", "reserved"),
            ("255.255.255.255", "broadcast"),
            ("::", "unspecified"),
            ("::1", "loopback"),
            ("::ffff:127.0.0.1", "loopback"),
            ("::ffff:10.0.0.1", "private"),
            ("::127.0.0.1", "reserved"),
            ("64:ff9b::10.0.0.1", "private"),
            ("64:ff9b:1::10.0.0.1", "reserved"),
            ("100::1", "reserved"),
            ("2001::1", "protocols"),
            ("2001:0:a00:1::1", "protocols"),
            ("2001:2::1", "protocols"),
            ("2001:1ff:ffff::1", "protocols"),
            ("2001:db8::1", "documentation"),
            ("2002:7f00:1::1", "loopback"),
            ("2002:c0a8:101::1", "private"),
            ("3fff:fff::1", "documentation"),
            ("4000::1", "reserved"),
            ("5f00::1", "reserved"),
            ("fc00::1", "private"),
            ("fd00:ec2::254", "private"),
            ("fe80::1", "link-local"),
            ("fec0::1", "site-local"),
            ("ff02::1", "multicast"),
        ] {
            let kind = ip.parse().map(special);
            assert!(
                kind.as_ref().is_ok_and(|kind| kind.is_some_and(|kind| kind.contains(expected))),
                "{ip}: {kind:?}"
            );
        }
        for ip in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:200::1",
            "2002:808:808::1",
            "2606:4700::1111",
            "2a00:1450::1",
            "3fff:1000::1",
        ] {
            assert_eq!(ip.parse().map(special), Ok(None), "{ip}");
        }
    }

    #[test]
    fn addresses_are_of_the_web() {
        let parsed = |address: &str| parse(address).map(|url| url.to_string());
        assert_eq!(parsed("HTTPS://X.example:443/a b#c"), Ok("https://x.example/a%20b".to_owned()));
        assert_eq!(parsed("http://0x7f.1/"), Ok("http://127.0.0.1/".to_owned()));
        assert_eq!(parsed("http://x.example:8080"), Ok("http://x.example:8080/".to_owned()));
        for (address, expected) in [
            ("http://", "empty host"),
            ("https://x example/", "invalid"),
            ("https://[::1", "IPv6"),
            ("ftp://x.example/", "expected http or https"),
            ("https://kell:heron@x.example/", "user name or password"),
            ("https://kell@x.example/", "user name or password"),
            ("http://x.example:25/", "port 25"),
            ("http://x.example:0/", "port 0"),
            (&format!("http://x.example/{}", "a".repeat(8_000)), "more than 8000 bytes"),
            (&format!("http://x.example/{}", " ".repeat(4_000) + "a"), "more than 8000 bytes"),
        ] {
            let parsed = parsed(address);
            assert!(parsed.as_ref().is_err_and(|why| why.contains(expected)), "{address}: {parsed:?}");
        }
    }

    #[test]
    fn redirects_stay_on_the_web_and_encrypted() {
        let from = parse("https://x.example/a/b?c").expect("an address");
        let to = |location: &[u8]| {
            let location = HeaderValue::from_bytes(location).expect("a header");
            redirected(&from, Some(&location)).map(|url| url.to_string())
        };
        assert_eq!(to(b"d#e"), Ok("https://x.example/a/d".to_owned()));
        assert_eq!(to(b"//y.example/"), Ok("https://y.example/".to_owned()));
        assert_eq!(to("/ö".as_bytes()), Ok("https://x.example/%C3%B6".to_owned()));
        for (location, expected) in [
            (&b"http://x.example/a"[..], "from https to http"),
            (b"file:///etc/passwd", "expected http or https"),
            (b"https://a:b@x.example/", "user name"),
            (b"https://x.example:22/", "port 22"),
            (b"https://[", "no address"),
            (b"\xff\xfe", "no address"),
        ] {
            let to = to(location);
            assert!(to.as_ref().is_err_and(|why| why.contains(expected)), "{to:?}");
        }
        assert!(redirected(&from, None).is_err_and(|why| why.contains("nowhere")));
        let plain = parse("http://x.example/").expect("an address");
        let location = HeaderValue::from_static("https://x.example/");
        assert!(redirected(&plain, Some(&location)).is_ok());
    }
}
