//! What "Python - don't over use it" recommends.

use super::{check, check_all};

/// "Python - don't over use it": .NET and Java for the enterprise; which one, the team decides.
#[test]
fn enterprise_core() {
    let core = [
        "parts=enterprise-core",
        "draw=neither",
        "arrival=request-response",
        "load=upto-10k",
        "control=platform",
        "types=compile",
        "parallelism=threads",
        "sharing=changing",
        "shape=service",
        "existing=nothing",
        "lifetime=decades",
        "binds=none",
    ];
    check(&[&core[..], &["team-stack=python"]].concat(), "Enterprise core", &["java", "csharp"]);
    check(&[&core[..], &["team-stack=python,csharp"]].concat(), "Enterprise core", &["csharp"]);
}

/// "Python - don't over use it": Go for concurrent services with high throughput.
#[test]
fn concurrent_service() {
    check(
        &[
            "parts=api",
            "draw=neither",
            "arrival=request-response",
            "load=over-10k",
            "control=ours",
            "types=compile",
            "parallelism=threads",
            "sharing=nothing",
            "shape=service",
            "api-center=plumbing",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-many-teams",
            "binds=measured",
            "bottleneck=cpu-all",
        ],
        "API",
        &["go"],
    );
}

/// "Python - don't over use it": rapid web development by a new team, each of the three for its own
/// reason.
#[test]
fn rapid_web_development() {
    let web = [
        "parts=web-app",
        "draw=neither",
        "arrival=request-response",
        "load=under-100",
        "types=docs",
        "outside-data=validator",
        "parallelism=none",
        "shape=service",
        "team-stack=-",
        "existing=nothing",
        "lifetime=years-one-team",
        "binds=none",
    ];
    let check_web = |own: &[&str], expected| check(&[&web[..], own].concat(), "Web app", &[expected]);
    check_web(&["control=ours", "web-need=conventions", "pages=server"], "ruby");
    check_web(&["control=shared-hosting", "web-need=hosting", "pages=server"], "php");
    check_web(&["control=ours", "web-need=one-language", "pages=both"], "typescript");
}

/// "Python - don't over use it": data and models stay in Python, the core beside them does not.
#[test]
fn python_keeps_its_place_beside_the_core() {
    check_all(
        &[
            "parts=enterprise-core,pipeline,training",
            "draw=both",
            "ecosystem=data-ml,jvm",
            "arrival=request-response",
            "load=upto-10k",
            "control=ours",
            "types=compile",
            "parallelism=native-libs",
            "shape=service",
            "team-stack=python,java",
            "existing=nothing",
            "lifetime=years-many-teams",
            "binds=none",
            "Pipeline: arrival=batch",
            "Pipeline: start-often=seldom",
            "Training: arrival=batch",
            "Training: start-often=seldom",
            "Training: parallelism=accelerators",
            "Training: binds=people",
            "Training: writers=developers,researchers",
        ],
        &[("Enterprise core", &["java"]), ("Pipeline", &["python"]), ("Training", &["python"])],
    );
}
