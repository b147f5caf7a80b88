/* The module's pages, listed in person_pages.c and written in three files. */
#pragma once
#include "modules/person/person_own.h"

enum err page_sign_in(struct request *r);
enum err check_sign_in(struct request *r);
enum err do_sign_in(struct request *r);
enum err page_code(struct request *r);
enum err do_code(struct request *r);
enum err do_sign_out(struct request *r);

enum err page_account(struct request *r);
enum err check_password(struct request *r);
enum err do_password(struct request *r);
enum err do_end_session(struct request *r);
enum err page_factor(struct request *r);
enum err do_begin_factor(struct request *r);
enum err do_confirm_factor(struct request *r);
enum err do_end_factor(struct request *r);

enum err page_admin(struct request *r);
enum err page_accounts(struct request *r);
enum err make_password(struct request *r);
enum err do_add_account(struct request *r);
enum err page_one_account(struct request *r);
enum err do_add_post(struct request *r);
enum err do_end_post(struct request *r);
enum err do_lock(struct request *r);
enum err do_unlock(struct request *r);
enum err do_reset(struct request *r);
enum err do_remove_factor(struct request *r);
enum err do_rule(struct request *r);

extern const char person_says_locked_out[];
/* Rows roles: bit, code, label. */
void put_roles(struct request *r);
