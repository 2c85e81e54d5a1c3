//! What "Python vs Go" recommends.

use super::{check, check_all};

/// "Python vs Go", choose Python: scripting, data cleaning and ML by people who share readable code.
#[test]
fn scripts_and_models_shared_with_analysts() {
    check_all(
        &[
            "parts=scripts,pipeline,training",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=batch",
            "start-often=seldom",
            "control=platform",
            "types=docs",
            "outside-data=validator",
            "parallelism=native-libs",
            "shape=service",
            "script-job=logic",
            "team-stack=go",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=analysts,researchers,operations",
        ],
        &[("Scripts", &["python"]), ("Pipeline", &["python"]), ("Training", &["python"])],
    );
}

/// "Python vs Go", choose Python: a service close to data processing, heavy work left to libraries.
#[test]
fn service_close_to_data_and_models() {
    check(
        &[
            "parts=api",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=request-response",
            "load=upto-10k",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=native-libs",
            "shape=service",
            "api-center=data-code",
            "team-stack=python,go",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=measured,people",
            "bottleneck=cpu-spot",
            "writers=developers,researchers",
        ],
        "API",
        &["python"],
    );
}

/// "Python vs Go", choose Go: a control plane in one executable, with few dependencies at run time.
#[test]
fn agent_in_a_single_executable() {
    check(
        &[
            "parts=daemon-agent",
            "draw=packages",
            "ecosystem=infrastructure",
            "arrival=long-running",
            "control=users-bare",
            "types=compile",
            "parallelism=none",
            "shape=executable",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-many-teams",
            "binds=people",
            "writers=operations",
        ],
        "Agent",
        &["go"],
    );
}

/// "Python vs Go", choose Go: work that mostly waits for the network and holds many connections.
#[test]
fn service_that_waits_for_the_network() {
    check(
        &[
            "parts=api",
            "draw=language",
            "arrival=streaming",
            "load=upto-10k",
            "control=ours",
            "types=compile",
            "parallelism=threads",
            "sharing=nothing",
            "shape=service",
            "api-center=plumbing",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=measured,people",
            "bottleneck=waiting",
            "writers=operations",
        ],
        "API",
        &["go"],
    );
}

/// "Python vs Go", interoperability: Python for data and scripts, Go for services and agents.
#[test]
fn both_languages_with_a_boundary_between() {
    check_all(
        &[
            "parts=scripts,network-front,pipeline,training,daemon-agent",
            "draw=both",
            "ecosystem=data-ml,infrastructure",
            "arrival=batch",
            "start-often=seldom",
            "control=ours",
            "types=static",
            "outside-data=schema",
            "parallelism=native-libs",
            "shape=service",
            "script-job=logic",
            "team-stack=python,go",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=developers,operations",
        ],
        &[
            ("Scripts", &["python"]),
            ("Network front", &["go"]),
            ("Pipeline", &["python"]),
            ("Training", &["python"]),
            ("Agent", &["go"]),
        ],
    );
}
