/* What both files of the linked object see. */
#include "common.h"

struct shared {
	__u64 hits;
	char label[24];
};
