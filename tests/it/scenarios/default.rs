//! What "Why Python Is Still My Default for Backend AI Work" recommends.

use super::{check, check_all};

/// "Why Python Is Still My Default": if the work ends in a UI, TypeScript.
#[test]
fn work_that_ends_in_a_user_interface() {
    check(
        &[
            "parts=ui",
            "draw=packages",
            "ecosystem=npm-browser",
            "arrival=interactive",
            "start-often=seldom",
            "control=ours",
            "types=static",
            "outside-data=own-browser",
            "parallelism=none",
            "shape=browser",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=front-end",
        ],
        "UI",
        &["typescript"],
    );
}

/// "Why Python Is Still My Default": if the work ends in a pipeline or a file, Python.
#[test]
fn work_that_ends_in_a_pipeline_or_a_notebook() {
    check_all(
        &[
            "parts=pipeline,notebook",
            "draw=packages",
            "ecosystem=data-ml",
            "arrival=batch",
            "start-often=seldom",
            "control=ours",
            "types=docs",
            "outside-data=validator",
            "parallelism=native-libs",
            "shape=one-file",
            "team-stack=typescript",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=people",
            "writers=researchers",
        ],
        &[("Pipeline", &["python"]), ("Notebook", &["python"])],
    );
}

/// "Why Python Is Still My Default": 10,000 requests a second, Go or Rust; Go where calm is wanted.
#[test]
fn proxy_with_ten_thousand_requests_a_second() {
    check(
        &[
            "parts=network-front",
            "draw=neither",
            "arrival=request-response",
            "load=over-10k",
            "control=ours",
            "types=boundary",
            "outside-data=schema",
            "parallelism=threads",
            "sharing=nothing",
            "shape=service",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=measured",
            "bottleneck=waiting",
        ],
        "Network front",
        &["go"],
    );
}

/// "Why Python Is Still My Default": Rust of the two, where guarantees and even response times count.
#[test]
fn proxy_where_every_outlier_counts() {
    check(
        &[
            "parts=network-front",
            "draw=neither",
            "arrival=request-response",
            "load=over-10k",
            "control=ours",
            "types=invariants",
            "parallelism=threads",
            "sharing=changing",
            "shape=service",
            "team-stack=python",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=measured",
            "bottleneck=pauses",
        ],
        "Network front",
        &["rust"],
    );
}

/// "Why Python Is Still My Default": one TypeScript project in front, one Python service behind it.
#[test]
fn user_facing_layer_before_a_python_service() {
    check_all(
        &[
            "parts=ui,pipeline,inference",
            "draw=packages",
            "ecosystem=data-ml,npm-browser",
            "arrival=request-response",
            "load=under-100",
            "control=ours",
            "types=static",
            "outside-data=own-browser",
            "parallelism=native-libs",
            "shape=service",
            "serving=models-change",
            "team-stack=python,typescript",
            "existing=nothing",
            "lifetime=years-one-team",
            "binds=none",
        ],
        &[("UI", &["typescript"]), ("Pipeline", &["python"]), ("Inference", &["python"])],
    );
}
