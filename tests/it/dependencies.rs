//! Tests the dependencies: every package has an allowed license, and every direct dependency has a
//! documented reason. The tests must not need network access.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseReq, Licensee};

/// Licenses allowed for the packages that the program and its tests depend on.
const ALLOWED: [&str; 8] =
    ["Apache-2.0", "BSD-3-Clause", "BSL-1.0", "MIT", "MIT-0", "Unicode-3.0", "Unlicense", "Zlib"];

/// Returns the output of `cargo metadata` for the current platform, including dev-dependencies.
fn metadata() -> Value {
    let cargo = || Command::new(std::env::var_os("CARGO").expect("cargo runs the tests"));
    let version = cargo().arg("-vV").output().expect("cargo tells its version").stdout;
    let version = String::from_utf8(version).expect("it is text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("it names the machine");
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo lists the packages");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn every_package_has_a_licence_that_allows_its_use() {
    let allowed = ALLOWED.map(|name| Licensee::parse(name).expect("the licence is known"));
    let is_allowed = |wanted: &LicenseReq| allowed.iter().any(|licence| licence.satisfies(wanted));
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages are listed");
    assert!(packages.len() > 100, "only {} packages are listed", packages.len());
    for package in packages {
        let (name, source) = (&package["name"], &package["source"]);
        let licence = package["license"].as_str().unwrap_or_default();
        // Some packages predate the current syntax for license expressions.
        let licence = Expression::parse_mode(licence, spdx::ParseMode::LAX);
        let licence = licence.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(licence.evaluate(is_allowed), "{name} is under {licence}");
        let official = source.is_null() || source.as_str().is_some_and(|it| it.starts_with("registry+"));
        assert!(official, "{name} comes from {source}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages are listed");
    let own = packages.iter().find(|package| package["name"] == env!("CARGO_PKG_NAME"));
    let declared = own.expect("the program is listed")["dependencies"].as_array().expect("it has some");
    let declared: BTreeSet<&str> = declared.iter().filter_map(|it| it["name"].as_str()).collect();

    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/dependencies.md");
    let table = std::fs::read_to_string(table).expect("there is a table");
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
    let explained: BTreeSet<&str> = rows.clone().filter_map(|row| row.split('`').next()).collect();
    assert_eq!(declared, explained);
    for row in rows {
        let reason = row.split('|').nth(1).unwrap_or_default().trim();
        assert!(reason.len() > 20, "a reason is missing: {row}");
    }
}
