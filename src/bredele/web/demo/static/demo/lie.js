/* Only under `bredele demo --lie`: a cookie that no row of the policy names, so that the proof has something to find. */
document.cookie = "_lie=gold-member; Path=/; Max-Age=2592000; SameSite=Lax";
