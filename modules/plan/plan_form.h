/* The review page: a draft as a form and back, and its source beside it. */
#pragma once
#include "modules/plan/plan_review.h"

/*
 * What the form asks: edits of the fields in it, choices of units, and the pressed button ("viec", with what it is
 * about behind a colon: "xoa:3", "nhan:t3-leads"). agency: whose plan it is, for names of units.
 * Returns the first typed name that no unit has, NULL when all are known.
 */
const char *review_take_form(struct request *r, int64_t agency, struct review_ask *ask);

/* The button "them-dv:0": makes the unit that the form describes for a wording. Errors as unit_add. */
enum err review_add_unit(struct request *r, struct draft_choice *choice);

/*
 * Puts fields, tasks and what the review says about them. touched: only what changed (NULL: all).
 * errors: of the last try, or NULL.
 */
void review_put_draft(struct request *r, const struct plan_import *import, const struct field_error *errors,
                      const struct review_touched *touched);

/* How much is unclear by the six rõ, doubtful, or worded for a unit that nobody knows. */
int review_unclear(struct ctx *c, const struct plan_import *import);

/* Puts rows "blocks", "lines" and "cells": the document as it was read, passages of tasks marked. */
enum err review_put_source(struct request *r, const struct plan_import *import, const struct plan_draft *draft);
