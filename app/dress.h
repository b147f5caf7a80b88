/* What every page shows around its own content: who is signed in, the agency, the menus. */
#pragma once
#include "platform/web/web.h"

/*
 * Puts frame_agency, frame_above (the agency it belongs to), frame_person, frame_initials, frame_title, frame_unit,
 * frame_account and frame_sign_out (addresses, NULL where there is no such page), and the rows frame_group
 * (id, label), frame_menu (group, path, label, short, icon, current) and frame_public (path, label, current).
 * A menu entry is shown when a module answers at its address and the person may go there.
 */
void dress(struct request *r);
